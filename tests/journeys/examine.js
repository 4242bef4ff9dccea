// What one page shows that it should not. Given: {language, allowed, aside, ours}.
(given) => {
  const CONTROLS = "a, button, summary, label, legend, th, h1, h2, h3, h4, dt, option";
  const NAMES = ["aria-label", "placeholder", "title", "alt"];
  const CHINESE = "[一-鿿]";
  const hasChinese = new RegExp(CHINESE);
  const word = /[A-Za-z][A-Za-z'’]{2,}/;
  const sentence = /\b[A-Za-z][A-Za-z'’]*(?:[ ,;:.-]+[A-Za-z][A-Za-z'’]*){2,}/;
  const halfWidth = new RegExp(`${CHINESE}[,;:!?(] ?${CHINESE}|${CHINESE}\\)${CHINESE}`);
  // The published text numbers its sections so.
  const section = /[一二三四五六]\([一二三四五六]\)/g;
  const allowed = new RegExp(given.allowed, "g");
  const faults = new Set();

  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const short = (text) => text.replace(/\s+/g, " ").trim();
  const where = (element) => `<${element.localName} class="${element.className}">`;

  // The words that people see or hear, with the element that says them.
  const said = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (data.trim() && shown(parentElement)) said.push([parentElement, short(data)]);
  }
  for (const name of NAMES)
    for (const element of document.querySelectorAll(`[${name}]`))
      said.push([element, element.getAttribute(name)]);

  const headings = [...document.querySelectorAll("h1")].filter(shown);
  if (headings.length !== 1) faults.add(`${headings.length} first headings`);
  if (document.documentElement.lang !== given.language)
    faults.add(`the page says it is in ${document.documentElement.lang}`);

  for (const [element, text] of said) {
    if (element.closest(`script, code, pre, kbd, ${given.aside}`)) continue;
    const rest = text.replace(allowed, "");
    if (given.language === "en") {
      if (hasChinese.test(text) && element.closest(given.ours))
        faults.add(`Chinese on an English page: ${text} ${where(element)}`);
    } else if (sentence.test(rest) || (element.closest(CONTROLS) && word.test(rest)))
      faults.add(`English on a Chinese page: ${text} ${where(element)}`);
  }
  if (given.language !== "en") {
    if (word.test(document.title.replace(allowed, "")))
      faults.add(`English in the title: ${document.title}`);
    for (const block of document.querySelectorAll("p, li, dd, dt, td, th, label, h1, h2")) {
      const slip = shown(block) && short(block.textContent).replace(section, "").match(halfWidth);
      if (slip) faults.add(`half-width sign: ${slip[0]} in ${short(block.textContent).slice(0, 60)}`);
    }
  }
  return [...faults];
}
