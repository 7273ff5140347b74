// node check.mjs CHROMIUM PAGES [SCREENSHOTS]: checks each page of a folder; beside it stands its text, if it has one.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [, , executablePath, folder, shots] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 900 };
if (shots) mkdirSync(shots, { recursive: true });

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const context = await browser.newContext({ viewport: DESKTOP });

// Opens a page that may ask for nothing and complain of nothing.
async function open(file, context) {
  const url = pathToFileURL(join(folder, file)).href;
  const page = await context.newPage();
  page.on('request', request => assert.equal(request.url().split('#')[0], url, 'another request'));
  page.on('console', message => assert.fail(`${file}: ${message.text()}`));
  page.on('pageerror', error => assert.fail(`${file}: ${error}`));
  page.on('dialog', dialog => assert.fail(`${file}: ${dialog.message()}`));
  await page.goto(url);
  return page;
}

const shoot = (page, name, options) => shots && page.screenshot({ path: join(shots, `${name}.png`), ...options });

// Every link leads to something of the page, each quotation to its speaker; a link that leaves is one that waits.
async function links(page) {
  const wrong = await page.evaluate(() => {
    const wrong = [];
    const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
    if (new Set(ids).size !== ids.length) wrong.push('an id is there twice');
    for (const link of document.links) {
      const to = link.getAttribute('href');
      if (!to.startsWith('#')) {
        if (!/^https:\/\/www\.(geonames|wikidata)\.org\//.test(to)) wrong.push(to);
        if (!link.relList.contains('noreferrer')) wrong.push(`${to} tells where it was clicked`);
      } else if (!document.getElementById(to.slice(1))) wrong.push(`${to} is nowhere`);
    }
    for (const quotation of document.querySelectorAll('article .quotation[id]')) {
      const chips = quotation.querySelectorAll(':scope > .by');
      if (!chips.length) wrong.push(`${quotation.id} leads to no speaker`);
      for (const chip of chips) {
        const entry = document.getElementById(chip.hash.slice(1));
        const name = entry?.querySelector('.name b')?.textContent;
        const back = entry?.querySelector(`a[href="#${quotation.id}"]`);
        if (!back) wrong.push(`${quotation.id}: ${chip.dataset.label} does not lead back`);
        if (entry?.matches('.entity') && !chip.dataset.label.includes(name)) wrong.push(`${chip.dataset.label} is ${name}`);
        if (!chip.getAttribute('aria-label')) wrong.push(`${quotation.id}: no name for those who hear the page`);
      }
    }
    return wrong;
  });
  assert.deepEqual(wrong, []);
}

// Text and background of everything that is shown, as WCAG 2.2 measures them (1.4.3), in the state that shows the darkest
// tints.
async function contrast(page) {
  const low = await page.evaluate(() => {
    document.querySelectorAll('[data-e]').forEach(place => place.classList.add('on'));
    document.querySelectorAll('details').forEach(details => { details.open = true; });
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const rgba = color => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a], [R, G, B]) => [r, g, b].map((c, i) => c * a + [R, G, B][i] * (1 - a));
    const background = element => {
      if (!element) return [255, 255, 255];
      const color = rgba(getComputedStyle(element).backgroundColor);
      return color[3] === 1 ? color.slice(0, 3) : over(color, background(element.parentElement));
    };
    const luminance = color => {
      const [r, g, b] = color.map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const low = [];
    const check = (element, pseudo, text) => {
      const style = getComputedStyle(element, pseudo);
      let ground = background(element);
      if (pseudo) ground = over(rgba(style.backgroundColor), ground);
      const [a, b] = [luminance(over(rgba(style.color), ground)), luminance(ground)].sort((x, y) => y - x);
      const ratio = (a + 0.05) / (b + 0.05);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
      if (ratio < (large ? 3 : 4.5)) low.push(`${ratio.toFixed(2)} ${element.className}${pseudo ?? ''} ${text.slice(0, 30)}`);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (texts.currentNode.data.trim() && element.checkVisibility()) check(element, undefined, texts.currentNode.data);
    }
    for (const element of document.querySelectorAll('[data-label]')) {
      check(element, element.matches('.by') ? '::before' : '::after', element.dataset.label);
    }
    document.querySelectorAll('.on').forEach(place => place.classList.remove('on'));
    return [...new Set(low)];
  });
  assert.deepEqual(low, [], 'contrast');
}

// What follows a key or the pointer may take the browser a moment.
const cardIs = (page, open) => page.waitForFunction(
  open => document.getElementById('card').matches(':popover-open') === open, open);
const cardText = page => page.evaluate(() => document.getElementById('card').textContent);

// Tab reaches every mark, shows its card and Escape hides it; Enter leads to the entry.
async function keyboard(page, name) {
  await page.setViewportSize(DESKTOP);
  const [stops, most] = await page.evaluate(() => ['article a[href]:not([tabindex="-1"])', 'a, summary, [tabindex]']
    .map(selector => document.querySelectorAll(selector).length));
  let seen = 0, first = true;
  for (let steps = 0; steps < most && seen < stops; steps++) {
    await page.keyboard.press('Tab');
    const mark = await page.evaluate(() => {
      const element = document.activeElement;
      const entry = element.closest('article') && document.getElementById(element.hash.slice(1)).closest('li');
      return entry && {
        hash: element.hash,
        told: entry.querySelector('b, time, a')?.textContent,
        outline: getComputedStyle(element).outlineStyle,
      };
    });
    if (!mark) continue;
    seen += 1;
    assert.notEqual(mark.outline, 'none', 'focus is seen');
    await cardIs(page, true);
    assert((await cardText(page)).includes(mark.told), `${mark.hash}: the card tells ${mark.told}`);
    if (first) {
      await shoot(page, `${name}-focus`);
      await page.keyboard.press('Escape');
      await cardIs(page, false);
      await page.keyboard.press('Enter');
      await page.waitForFunction(hash => {
        if (location.hash !== hash) return false;
        const { top, bottom } = document.querySelector(':target').getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      }, mark.hash);
      await page.evaluate(hash => document.querySelector(`article a[href="${hash}"]`).focus(), mark.hash);
      first = false;
    }
  }
  assert.equal(seen, stops, 'Tab reaches every mark');
}

async function pointer(page, name) {
  await page.setViewportSize(DESKTOP);
  await page.evaluate(() => history.replaceState(null, '', location.pathname));
  await page.reload();
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator('article .mention.person > a').first().hover();
  await cardIs(page, true);
  const inside = await page.evaluate(() => {
    const { left, right, top } = document.getElementById('card').getBoundingClientRect();
    return left >= 0 && right <= document.documentElement.clientWidth && top >= 0;
  });
  assert(inside, 'the card is in view');
  await shoot(page, `${name}-card`);
  await page.keyboard.press('Escape');
  await cardIs(page, false);
}

async function check(file) {
  const name = file.replace(/\.html$/, '');
  const page = await open(file, context);
  assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
  await links(page);
  const text = join(folder, `${name}.txt`);
  if (existsSync(text)) {
    // HTML has no way to write a zero, and the bytes of a carriage return stay
    const shown = await page.evaluate(() => document.querySelector('article').textContent);
    assert.equal(shown, readFileSync(text, 'utf8').replaceAll('\0', '\uFFFD'));
  }
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await contrast(page);
    for (const viewport of [PHONE, DESKTOP]) {
      await page.setViewportSize(viewport);
      await shoot(page, `${name}-${viewport.width}-${colorScheme}`, { fullPage: true });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert(width <= viewport.width, `${name} is ${width} wide at ${viewport.width}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto');
  await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = false; }));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run({
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // it sees no line under a link that the mark around the link draws
    rules: { 'link-in-text-block': { enabled: false } },
  }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`), []);
  if (await page.locator('article a').count()) {
    await keyboard(page, name);
    if (await page.locator('article .mention.person > a').count()) await pointer(page, name);
  }
  await page.close();
}

const files = readdirSync(folder).filter(file => file.endsWith('.html'));
for (const file of files) await check(file);

// without its script, a mark is a link to its entry
const plain = await browser.newContext({ javaScriptEnabled: false, viewport: DESKTOP });
const page = await open('article.html', plain);
await page.locator('article .mention > a').first().click();
await page.waitForURL(/#d1e\d+$/);
await browser.close();
console.log(`${files.length} pages`);
