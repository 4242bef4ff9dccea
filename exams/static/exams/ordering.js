// Putting steps in order with buttons. Without this file every step has a list of
// positions beside it; with it, the lists follow what is moved.

const stepsOf = (list) => [...list.querySelectorAll("[data-step-line]")];
const positionOf = (step) => step.querySelector("select");

/** Set the steps out by the positions they have; without all of them, as they stand. */
function setOut(list) {
  const steps = stepsOf(list);
  if (steps.some((step) => positionOf(step).value === "")) return;
  steps.sort((a, b) => positionOf(a).value - positionOf(b).value);
  list.append(...steps);
}

function number(list) {
  stepsOf(list).forEach((step, place) => {
    positionOf(step).value = place;
  });
}

function move(list, step, by) {
  const steps = stepsOf(list);
  const place = steps.indexOf(step) + by;
  if (place < 0 || place >= steps.length) return false;
  if (by < 0) steps[place].before(step);
  else steps[place].after(step);
  return true;
}

function wire(list) {
  setOut(list);
  list.classList.add("ordering--moved");
  for (const step of stepsOf(list)) {
    positionOf(step).hidden = true;
    step.querySelector(".ordering__moves").hidden = false;
  }
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const step = button.closest("[data-step-line]");
    move(list, step, Number(button.dataset.move));
    number(list);
    button.focus();
    positionOf(step).dispatchEvent(new Event("change", { bubbles: true }));
  });
  list.closest("[data-no]").addEventListener("filled", () => setOut(list));
}

export function wireOrderings(within) {
  within.querySelectorAll("[data-ordering]").forEach(wire);
}
