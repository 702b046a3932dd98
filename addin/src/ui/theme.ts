import * as office from "../office";

/** Takes on the client's colours, light or dark, and where it does not tell them those that the user prefers. */
export function paint(): void {
  const preferred = window.matchMedia("(prefers-color-scheme: dark)");
  const now = () => {
    document.documentElement.dataset["theme"] = (office.isDark() ?? preferred.matches) ? "dark" : "light";
  };
  preferred.addEventListener("change", now);
  now();
}
