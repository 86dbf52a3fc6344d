"use strict";
// The pages work without this script. It spares requests, opens what is behind a row in place, and says how a day is read while it is typed.
(() => {
  const months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
  const made = (year, month, day) => {
    const date = new Date(Date.UTC(year, month - 1, day));
    date.setUTCFullYear(year);
    return year >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day) ? date : null;
  };
  const monthOf = word => word.length >= 3 ? months.findIndex(month => month.startsWith(word)) + 1 : 0;

  // The rules of the service. Where two orders are possible, that of the reader's language is taken, and it is shown before it counts.
  const read = text => {
    const typed = text.trim().toLowerCase();
    if (typed === "today" || typed === "now") return made(...new Date().toISOString().slice(0, 10).split("-").map(Number));
    const parts = typed.split(/[ ./,-]+/).filter(Boolean);
    if (parts.length !== 3) return null;
    if (parts[0].length === 4 && parts.every(part => /^\d+$/.test(part))) return made(Number(parts[0]), Number(parts[1]), Number(parts[2]));
    if (!/^\d{4}$/.test(parts[2])) return null;
    const year = Number(parts[2]), plain = part => Number(part.replace(/(st|nd|rd|th)$/, ""));
    if (monthOf(parts[0])) return made(year, monthOf(parts[0]), plain(parts[1]));
    if (monthOf(parts[1])) return made(year, monthOf(parts[1]), plain(parts[0]));
    const dayFirst = made(year, Number(parts[1]), Number(parts[0])), monthFirst = made(year, Number(parts[0]), Number(parts[1]));
    if (typed.includes(".")) return dayFirst;
    const order = new Intl.DateTimeFormat(navigator.language).formatToParts(new Date(0)).map(part => part.type).filter(type => type === "day" || type === "month");
    return order[0] === "month" ? monthFirst || dayFirst : dayFirst || monthFirst;
  };
  const iso = date => date.toISOString().slice(0, 10);
  const words = date => date.getUTCDate() + " " + months[date.getUTCMonth()].replace(/^./, first => first.toUpperCase()) + " " + date.getUTCFullYear();

  for (const field of document.querySelectorAll("input[data-day]")) {
    const reading = document.getElementById("r-" + field.name);
    field.addEventListener("input", () => {
      const day = read(field.value);
      const isMoment = /^\d{4}-\d\d-\d\dt/i.test(field.value);
      reading.textContent = field.value.trim() === "" || isMoment ? "" : day ? "read as " + words(day) : "not a day yet";
      field.removeAttribute("aria-invalid");
    });
  }

  // One request with what is filled in, and with days as the interface writes them.
  for (const form of document.querySelectorAll("form[method=get]"))
    form.addEventListener("submit", () => {
      for (const field of form.elements) {
        const day = field.dataset?.day === undefined || /^\d{4}-\d\d-\d\d/.test(field.value) ? null : read(field.value);
        if (day) field.value = iso(day);
        if (field.name && field.value.trim() === "") field.disabled = true;
      }
      setTimeout(() => { for (const field of form.elements) field.disabled = false; });
    });

  // The explanation of a row, in place. The page of it is the same.
  document.addEventListener("click", async event => {
    const link = event.target.closest?.("a[data-explain]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const row = link.closest("tr"), open = row.nextElementSibling;
    if (open?.classList.contains("opened")) {
      open.remove();
      link.setAttribute("aria-expanded", "false");
      return;
    }
    const line = document.createElement("tr"), cell = document.createElement("td");
    line.className = "opened";
    cell.className = "behind";
    cell.colSpan = row.children.length;
    cell.textContent = "Asking…";
    cell.setAttribute("aria-live", "polite");
    line.append(cell);
    row.after(line);
    link.setAttribute("aria-expanded", "true");
    try {
      const answer = await fetch(link.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const inside = page.querySelector("[data-behind]");
      if (!inside) throw new Error();
      cell.replaceChildren(document.importNode(inside, true));
    } catch {
      location.href = link.href;
    }
  });

  // An explanation of a term closes when another opens, and with Escape.
  const terms = [...document.querySelectorAll("details.term")];
  for (const term of terms) term.addEventListener("toggle", () => { if (term.open) for (const other of terms) if (other !== term) other.open = false; });
  addEventListener("keydown", event => { if (event.key === "Escape") for (const term of document.querySelectorAll("details.term[open], .columns[open]")) term.open = false; });

  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Copied";
    });
  }
})();
