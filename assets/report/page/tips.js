// The values of a drawing's marks under the pointer or the finger, at once: a
// browser's own tooltips come late, and on a phone not at all.
const { make } = feira;

const tip = make("div", { className: "tip", hidden: true });
// Who cannot see the drawing has its description; this repeats what is in it.
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);

for (const title of document.querySelectorAll(".plot svg title")) {
  const mark = title.parentNode;
  if (mark.localName !== "svg") mark.dataset.tip = title.textContent;
  title.remove();
}

const GAP = 14;

function show(event) {
  const text = event.target.closest?.("[data-tip]")?.dataset.tip;
  tip.hidden = text === undefined;
  if (tip.hidden) return;
  tip.textContent = text;
  const { offsetWidth: width, offsetHeight: height } = tip;
  const right = event.clientX + GAP + width < innerWidth;
  const x = right ? event.clientX + GAP : Math.max(0, event.clientX - GAP - width);
  const y = Math.max(0, Math.min(event.clientY + GAP, innerHeight - height));
  tip.style.transform = `translate(${x}px, ${y}px)`;
}

for (const name of ["pointermove", "pointerdown"]) {
  document.addEventListener(name, show, { passive: true });
}
addEventListener("scroll", () => tip.hidden = true, { passive: true, capture: true });
