// What is wider than the screen shows at which side it goes on.
const regions = document.querySelectorAll(".plot, .scroll, pre");

function mark(region) {
  const rest = region.scrollWidth - region.clientWidth;
  const isWide = rest > 2;
  region.classList.toggle("goes-on-left", isWide && region.scrollLeft > 2);
  region.classList.toggle("goes-on-right", isWide && region.scrollLeft < rest - 2);
}

const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target)));
for (const region of regions) {
  observer.observe(region);
  region.addEventListener("scroll", () => mark(region), { passive: true });
}
