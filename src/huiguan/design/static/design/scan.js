/* A scan is turned and enlarged where it lies: buttons, or L R + - 0 while it has the focus. Nothing of it is kept. Without
   this a scan is a link to its file. */
const SIZES = [1, 1.5, 2, 3, 4];
const HIGH = 560;

const measure = (each, width, height) => {
  each.setAttribute("width", Math.round(width));
  each.setAttribute("height", Math.round(height));
};

for (const scan of document.querySelectorAll("[data-scan]")) {
  const pane = scan.querySelector(".scan-pane"), sheet = scan.querySelector(".scan-sheet"), image = scan.querySelector("img");
  const bar = scan.querySelector(".scan-bar"), told = scan.querySelector("output");
  const room = document.createElement("canvas"); // empty, as large as the scan is when it is turned
  let turn = 0, size = 0;

  const draw = () => {
    const { naturalWidth: width, naturalHeight: height } = image;
    if (!width) return;
    const [wide, high] = turn % 180 ? [height, width] : [width, height];
    const scale = Math.min(pane.clientWidth / wide, HIGH / high) * SIZES[size];
    measure(room, wide * scale, high * scale);
    measure(image, width * scale, height * scale);
    image.dataset.turn = turn;
    told.value = `${turn}° · ${SIZES[size] * 100}%`;
    bar.querySelector("[data-do=smaller]").disabled = size === 0;
    bar.querySelector("[data-do=larger]").disabled = size === SIZES.length - 1;
  };
  const deeds = {
    left: () => { turn = (turn + 270) % 360; },
    right: () => { turn = (turn + 90) % 360; },
    larger: () => { size = Math.min(size + 1, SIZES.length - 1); },
    smaller: () => { size = Math.max(size - 1, 0); },
    fit: () => { turn = 0; size = 0; },
  };
  const keys = { l: "left", r: "right", "+": "larger", "=": "larger", "-": "smaller", 0: "fit" };

  scan.classList.add("scan-live");
  bar.hidden = false;
  sheet.removeAttribute("href");
  room.ariaHidden = "true";
  sheet.prepend(room);
  pane.tabIndex = 0;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    deeds[button.dataset.do]();
    draw();
    if (button.disabled) pane.focus();
  });
  scan.addEventListener("keydown", (event) => {
    const deed = keys[event.key.toLowerCase()];
    if (!deed || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    deeds[deed]();
    draw();
  });
  image.addEventListener("load", draw);
  new ResizeObserver(draw).observe(scan);
}
