// node check.mjs GRAPHS.jsonl TEXT…: checks a graph a line, one for each text.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import jsonld from 'jsonld';

const [, , graphs, ...texts] = process.argv;
const SCHEMA = 'https://schema.org/';
const OA = 'http://www.w3.org/ns/oa#';
const documentLoader = url => { throw new Error(`${url} was asked for`); };
const lines = readFileSync(graphs, 'utf8').trimEnd().split('\n');
assert.equal(lines.length, texts.length);

let triples = 0, quotations = 0;
for (const [i, line] of lines.entries()) {
  const graph = JSON.parse(line);
  // safe: nothing may be dropped for want of a definition
  const expanded = await jsonld.expand(graph, { documentLoader, safe: true });
  const quads = await jsonld.toRDF(graph, { documentLoader, safe: true });
  const of = predicate => quads.filter(quad => quad.predicate.value === predicate);
  const subjects = new Set(quads.map(quad => quad.subject.value));
  const article = expanded[0]['@id'];
  assert.match(article, /^ni:\/\/\/sha-256;[\w-]{43}$/);
  for (const quad of quads) {
    assert.match(quad.predicate.value, /^(https:\/\/schema\.org\/\w+|http:\/\/www\.w3\.org\/ns\/oa#\w+|http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#type)$/);
    if (quad.object.termType === 'NamedNode' && quad.object.value.startsWith('ni:')) {
      assert(subjects.has(quad.object.value), `${quad.predicate.value} refers to nothing: ${quad.object.value}`);
    }
  }
  const letters = [...readFileSync(texts[i], 'utf8')];
  const value = (subject, predicate) =>
    quads.find(quad => quad.subject.value === subject.value && quad.predicate.value === predicate)?.object.value;
  for (const target of of(`${OA}hasTarget`)) {
    const selectors = of(`${OA}hasSelector`).filter(quad => quad.subject.value === target.object.value).map(quad => quad.object);
    const start = selectors.map(selector => value(selector, `${OA}start`)).find(Boolean);
    const end = selectors.map(selector => value(selector, `${OA}end`)).find(Boolean);
    const exact = selectors.map(selector => value(selector, `${OA}exact`)).find(Boolean);
    assert.equal(letters.slice(Number(start), Number(end)).join(''), exact);
  }
  const said = quads.filter(quad => quad.object.value === `${SCHEMA}Quotation`);
  for (const quotation of said) assert(value(quotation.subject, `${SCHEMA}text`));
  triples += quads.length;
  quotations += said.length;
}
assert(quotations >= 20, `${quotations} quotations`);
console.log(`${lines.length} graphs, ${triples} triples, ${quotations} quotations`);
