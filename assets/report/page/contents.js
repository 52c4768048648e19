// The contents say where the reader is: under the last heading that has passed a
// line near the top of the window.
const { make } = feira;

const links = new Map();
for (const link of document.querySelectorAll(".contents li a")) {
  const heading = document.getElementById(link.hash.slice(1));
  if (heading) links.set(heading, link);
}

/** Scrolls a list of contents that is higher than the window, and nothing else. */
function keepInSight(link) {
  const list = link?.closest(".contents > div");
  if (!list) return;
  const [inner, outer] = [link, list].map((element) => element.getBoundingClientRect());
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top;
  else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom;
}

if (links.size > 0) {
  const headings = [...links.keys()];
  const passed = new Set();
  let isEnd = false;
  const mark = () => {
    // The last sections may be too short to bring their headings up to the line.
    const here = isEnd && scrollY > 0
      ? headings.at(-1)
      : headings.findLast((heading) => passed.has(heading));
    for (const [heading, link] of links) {
      if (heading === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    keepInSight(links.get(here));
  };
  const line = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) passed.add(target);
      else passed.delete(target);
    }
    mark();
    // All that lies above the line counts, however far up.
  }, { rootMargin: "1000000px 0px -80% 0px" });
  for (const heading of headings) line.observe(heading);
  const end = new IntersectionObserver((entries) => {
    isEnd = entries.at(-1).isIntersecting;
    mark();
  });
  end.observe(document.body.appendChild(make("div", { className: "end" })));
}
