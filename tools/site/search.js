// The search of the documents, in the browser alone: SITE_SECTIONS, which search-sections.js brings, holds the text of every
// section. Without this script the page lists all documents. What is typed and what is found become text, never markup.
(() => {
  const MOST = 30;
  const EXCERPT = 180;
  const field = document.querySelector('header input[type="search"]');
  const status = document.querySelector('#found');
  const list = document.querySelector('#results');
  const everything = document.querySelector('#everything');
  const sections = globalThis.SITE_SECTIONS.map((section) => ({
    ...section,
    inTitle: folded(section.title),
    inHeading: folded(section.heading),
    inText: folded(section.text),
  }));

  field.value = new URLSearchParams(location.search).get('q') ?? '';
  field.addEventListener('input', show);
  field.form.addEventListener('submit', (event) => {
    event.preventDefault();
    history.replaceState(null, '', `?${new URLSearchParams({ q: field.value })}`);
    list.querySelector('a')?.focus();
  });
  field.focus();
  show();

  function show() {
    const words = folded(field.value).split(/\s+/u).filter(Boolean);
    const found = find(words);
    everything.hidden = words.length > 0;
    list.replaceChildren(...found.slice(0, MOST).map((section) => result(section, words)));
    status.textContent = words.length === 0 ? '' : sentence(found.length);
  }

  function sentence(count) {
    if (count === 0) return 'Nothing has all of these words. Try fewer, or shorter ones.';
    if (count > MOST) return `The best ${MOST} of ${count} sections`;
    return count === 1 ? '1 section' : `${count} sections`;
  }

  /** Sections that have all words, the best first; the order of the documents decides between equals. */
  function find(words) {
    if (words.length === 0) return [];
    return sections
      .map((section) => ({ section, score: scoreOf(section, words) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ section }) => section);
  }

  /** 0 unless every word is in it. What is in its heading counts most, then what is in the title of its page. */
  function scoreOf({ inTitle, inHeading, inText, weight }, words) {
    let score = 0;
    for (const word of words) {
      const times = inText.split(word).length - 1;
      const of = (inHeading.includes(word) ? 12 : 0) + (inTitle.includes(word) ? 6 : 0) + Math.min(times, 4);
      if (of === 0) return 0;
      score += of;
    }
    return score * weight;
  }

  function result({ path, title, heading, text }, words) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = path;
    link.textContent = heading === title ? title : `${title} › ${heading}`;
    const excerpt = document.createElement('p');
    excerpt.append(...marked(excerptOf(text, words), words));
    item.append(link, excerpt);
    return item;
  }

  /** The text around the first word that is in it. */
  function excerptOf(text, words) {
    const first = Math.min(
      ...words.map((word) => folded(text).indexOf(word)).filter((at) => at >= 0),
      text.length,
    );
    const from = first === text.length ? 0 : Math.max(0, first - EXCERPT / 3);
    const begin = from === 0 ? 0 : text.indexOf(' ', from) + 1;
    const isCut = begin + EXCERPT < text.length;
    const part = text.slice(begin, begin + EXCERPT);
    return `${begin > 0 ? '… ' : ''}${isCut ? `${part.replace(/\s\S*$/u, '')} …` : part}`;
  }

  /** The text in pieces, of which those that were looked for are marked. */
  function marked(text, words) {
    const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'));
    return text.split(new RegExp(`(${escaped.join('|')})`, 'iu')).map((piece, index) => {
      if (index % 2 === 0) return piece;
      const mark = document.createElement('mark');
      mark.textContent = piece;
      return mark;
    });
  }

  function folded(text) {
    return text.toLowerCase();
  }
})();
