// Line icons, drawn for this page on a square of 20.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  archive: "M3 4h14v3.5H3z M4 7.5v9h12v-9 M8 10.5h4",
  attach: "M14.5 9.5l-5.2 5.2a3 3 0 0 1-4.3-4.3l6.4-6.3a2 2 0 0 1 2.9 2.9l-6.2 6.1a1 1 0 0 1-1.5-1.4l5.2-5.2",
  back: "M12.5 4l-6 6 6 6",
  bullets: "M8 5h9 M8 10h9 M8 15h9 M3.5 5h.5 M3.5 10h.5 M3.5 15h.5",
  calendar: "M3.5 4.5h13v12h-13z M3.5 8h13 M7 3v3 M13 3v3",
  close: "M5.5 5.5l9 9 M14.5 5.5l-9 9",
  drafts: "M4 16l1-4 8.5-8.5 3 3L8 15z M11.5 5.5l3 3",
  flag: "M5 17V3.5h10l-2.5 3.5 2.5 3.5H5",
  forward: "M11.5 5L16 9.5 11.5 14 M16 9.5H8.5C5.5 9.5 4 11.5 4 15",
  importance: "M10 3v9.5 M10 16.2v.3",
  inbox: "M3.5 4h13v12h-13z M3.5 11.5h4c0 1.6 1 2.5 2.5 2.5s2.5-.9 2.5-2.5h4",
  learn: "M2 8l8-4 8 4-8 4z M5.5 10v4c1.2 1 2.8 1.5 4.5 1.5s3.3-.5 4.5-1.5v-4",
  mail: "M3 5h14v10.5H3z M3 5.5l7 5.5 7-5.5",
  move: "M3 5h5l1.5 2H17v9H3z",
  numbers: "M8 5h9 M8 10h9 M8 15h9 M3.2 4.2L4.2 3.5v3 M3 9h1.6L3 11.5h1.8 M3 13.5h1.6v3H3",
  read: "M3 8l7-4.5L17 8v8H3z M3 8l7 5 7-5",
  reply: "M8.5 5L4 9.5 8.5 14 M4 9.5h7.5c3 0 4.5 2 4.5 5.5",
  replyAll: "M6.5 5L2 9.5 6.5 14 M10.5 5L6 9.5l4.5 4.5 M6 9.5h6.5c3 0 4.5 2 4.5 5.5",
  save: "M4 4h9.5L16 6.5V16H4z M7 4v4h5.5V4 M7 16v-5h6v5",
  send: "M3 3.5l14 6.5-14 6.5 2-6.5z M5 10h7",
  sent: "M3 3.5l14 6.5-14 6.5 2-6.5z M5 10h7",
  signature: "M3 15.5h14 M4 12c3-1 6-8 4.5-8.5S6 9 7.5 11.5 11 9 12 9s-.5 2.5 1 2.5 1.5-1 3-1",
  trash: "M4 5.5h12 M8 5.5V4h4v1.5 M5.5 5.5l.8 11h7.4l.8-11 M8.5 8.5v5 M11.5 8.5v5",
  tryOut: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z M8.3 6.8l4.9 3.2-4.9 3.2z",
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
