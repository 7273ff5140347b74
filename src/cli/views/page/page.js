
'use strict';
// Beside a mark that is pointed at or focused, its entry of the panel; Escape hides it. Without this script the mark is
// the link to the entry that it is with it.
{
  const card = document.getElementById('card');
  const root = document.documentElement;
  let of = null, timer = 0, pointer = '';

  const markOf = target => target.closest?.('article a[href^="#"]');
  const entryOf = mark => document.getElementById(mark.hash.slice(1))?.closest('li');

  const hide = () => {
    clearTimeout(timer);
    of?.removeAttribute('aria-describedby');
    of = null;
    card.hidePopover();
  };

  const show = mark => {
    clearTimeout(timer);
    const entry = entryOf(mark);
    if (mark === of || !entry) return;
    hide();
    const copy = entry.cloneNode(true);
    for (const part of copy.querySelectorAll('.said, .places')) part.remove();
    // a card is read; its links are those of the entry
    for (const link of copy.querySelectorAll('a')) link.replaceWith(...link.childNodes);
    card.className = entry.className;
    card.style.cssText = entry.style.cssText;
    card.replaceChildren(...copy.childNodes);
    // a quotation stands under its speaker
    const speaker = entry.parentElement.closest('.entity')?.querySelector('.name');
    if (speaker) card.prepend(speaker.cloneNode(true));
    card.showPopover();
    place(mark);
    of = mark;
    mark.setAttribute('aria-describedby', 'card');
  };

  // below the first line of the mark, or above where there is no room; on a narrow page it lies at the bottom, and the
  // mark goes to the middle if it would be covered
  const place = mark => {
    const [line] = mark.getClientRects();
    const { width, height, top: edge } = card.getBoundingClientRect();
    if (!line) return;
    if (matchMedia('(max-width: 60rem)').matches) {
      if (line.bottom > edge) mark.scrollIntoView({ block: 'center' });
      return;
    }
    const below = line.bottom + 6;
    const top = below + height > innerHeight && line.top > height + 12 ? line.top - height - 6 : below;
    const left = Math.max(8, Math.min(line.right - width, root.clientWidth - width - 8));
    card.style.insetBlockStart = `${top + scrollY}px`;
    card.style.left = `${left + scrollX}px`;
  };

  const light = (target, on) => {
    const entity = target.closest?.('[data-e]')?.dataset.e;
    if (!entity) return;
    for (const place of document.querySelectorAll(`[data-e="${CSS.escape(entity)}"]`)) place.classList.toggle('on', on);
  };

  const later = action => {
    clearTimeout(timer);
    timer = setTimeout(action, 150);
  };

  if (card?.showPopover) {
    addEventListener('pointerover', ({ target, pointerType }) => {
      light(target, true);
      if (pointerType !== 'mouse') return;
      const mark = markOf(target);
      if (mark) later(() => show(mark));
      else if (card.contains(target)) clearTimeout(timer);
      else if (of && of !== document.activeElement) later(hide);
    });
    addEventListener('pointerout', ({ target }) => light(target, false));
    addEventListener('focusin', ({ target }) => {
      light(target, true);
      const mark = markOf(target);
      if (mark?.matches(':focus-visible')) show(mark);
      else if (of) hide();
    });
    addEventListener('focusout', ({ target }) => {
      light(target, false);
      if (target === of) hide();
    });
    addEventListener('keydown', event => {
      if (event.key === 'Escape' && of) hide();
    });
    // an entry that is scrolled to in the panel leaves the text where it is read
    addEventListener('click', ({ target }) => {
      const entry = document.getElementById(target.closest?.('a[href^="#"]')?.hash.slice(1));
      const panel = entry?.closest('aside');
      if (!panel || getComputedStyle(panel).position !== 'sticky') return;
      const top = scrollY;
      setTimeout(() => {
        scrollTo({ top, behavior: 'instant' });
        panel.scrollIntoView({ block: 'nearest' });
        panel.scrollBy({ top: entry.getBoundingClientRect().top - panel.getBoundingClientRect().top - 12 });
      });
    });
    addEventListener('pointerdown', event => { pointer = event.pointerType; });
    addEventListener('click', event => {
      const mark = markOf(event.target);
      // a finger points at nothing before it touches: the first touch shows the card, the second follows the link
      if (mark && pointer === 'touch' && mark !== of && entryOf(mark)) {
        event.preventDefault();
        show(mark);
      } else if (card.contains(event.target)) {
        const { hash } = of ?? {};
        hide();
        if (hash) location.hash = hash;
      } else if (of) {
        hide();
      }
    });
  }
}
