// Offers divisions as a person types; without it the field still takes a name or code.
for (const field of document.querySelectorAll("[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${field.id}-suggestions`;
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const query = new URLSearchParams({
        q: field.value,
        level: field.dataset.suggestLevel,
      });
      const reply = await fetch(`${field.dataset.suggest}?${query}`);
      if (!reply.ok) return;
      const { options } = await reply.json();
      list.replaceChildren(...options.map((text) => new Option(text, text)));
    }, 200);
  });
}
