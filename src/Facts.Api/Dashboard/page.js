"use strict";
(() => {
  const byId = id => document.getElementById(id);
  const measures = ["committed", "delivered", "outstanding", "overdue"];
  const groups = { "donor": "Donor", "item": "Item", "category": "Category", "donor,item": "Donor and item" };
  let question = {}, rows = [], names = null, asked = 0;

  // All text goes in as text: nothing that an article says is ever read as markup.
  const el = (tag, given, ...inside) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(given || {}))
      if (name === "class") node.className = value; else if (value !== null) node.setAttribute(name, value);
    node.append(...inside.flat().filter(part => part !== null && part !== undefined && part !== ""));
    return node;
  };

  const ask = async path => {
    const key = sessionStorage.getItem("key");
    const answer = await fetch(path, { headers: { Accept: "application/json", ...key ? { Authorization: "Bearer " + key } : {} } });
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) return body;
    throw Object.assign(new Error(body.detail || "The service answers " + answer.status + "."), { status: answer.status });
  };

  const query = given => new URLSearchParams(Object.entries(given).filter(([, value]) => value)).toString();

  // ---- numbers, as they are known

  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });
  const interval = (low, high) => low === null && high === null ? "unknown"
    : high === null ? (low > 0 ? "at least " + number.format(low) : "0 or more")
    : low === high ? number.format(low)
    : low === 0 || low === null ? "up to " + number.format(high)
    : number.format(low) + "–" + number.format(high);

  // Where all that a number counts came without one, its 0 is no 0.
  const isUnknown = (row, measure) => {
    if (row.unquantified === 0) return false;
    if (measure === "delivered") return row.deliveries > 0 && row.delivered_high === 0;
    return row.commitments > 0 && row.original_high === 0 && row.committed_high === 0 && row.intended_high === 0;
  };

  const shown = (row, measure) => {
    const [low, high] = [row[measure + "_low"], row[measure + "_high"]];
    return isUnknown(row, measure) || low === null && high === null ? el("span", { class: "unknown" }, "unknown") : el(high === 0 ? "span" : "b", null, interval(low, high));
  };

  const date = text => {
    if (!text) return "";
    if (text.startsWith("../")) return "by " + date(text.slice(3));
    if (text.endsWith("/..")) return "from " + date(text.slice(0, -3)) + " on";
    if (text.includes("/")) return text.split("/").map(date).join(" to ");
    const bare = text.replace(/[?~%]$/, "");
    return (/[~%]$/.test(text) ? "about " : "") + bare + (/[?%]$/.test(text) ? " (uncertain)" : "");
  };

  const many = (count, one, more) => number.format(count) + " " + (count === 1 ? one : more || one + "s");
  const word = text => (text || "").replaceAll("_", " ");

  // ---- the question, and the address that holds it

  const read = () => {
    const given = new URLSearchParams(location.search);
    return { recipient: given.get("recipient"), group_by: given.get("group_by") in groups ? given.get("group_by") : "donor", unit: given.get("unit"), as_of: given.get("as_of"), row: given.get("row") };
  };

  const write = replace => {
    const address = "?" + query(question);
    if (address !== location.search) history[replace ? "replaceState" : "pushState"](null, "", address);
  };

  const options = (select, pairs, chosen) => {
    if (chosen && !pairs.some(([value]) => value === chosen)) pairs = [...pairs, [chosen, chosen]];
    select.replaceChildren(...pairs.map(([value, text]) => el("option", { value }, text)));
    select.value = chosen || "";
  };

  // ---- the answer

  const label = row => groupsOf().map(group => row[group + "_name"] || row[group] || (group === "donor" ? "nobody named" : "none")).join(" · ");
  const groupsOf = () => question.group_by.split(",");
  const nameOf = row => [...groupsOf().map(group => row[group] || ""), row.unit || ""].join("~");

  const notes = row => [
    row.unquantified > 0 ? many(row.unquantified, "report") + " without a number" : "",
    row.requested_high !== 0 ? "asked for " + interval(row.requested_low, row.requested_high) + (row.unmet_need_high === 0 ? "" : ", unmet " + interval(row.unmet_need_low, row.unmet_need_high)) : "",
    row.intended_high !== 0 && row.intended_high !== undefined ? "intended " + interval(row.intended_low, row.intended_high) : "",
    row.surplus_high !== 0 ? "beyond what was promised " + interval(row.surplus_low, row.surplus_high) : "",
    row.unpledged_high !== 0 ? "delivered unpromised " + interval(row.unpledged_low, row.unpledged_high) : "",
    row.shared ? "given together" : "",
    row.conditional > 0 ? many(row.conditional, "conditional", "conditional") : "",
    row.on_hold > 0 ? many(row.on_hold, "on hold", "on hold") : "",
    row.disputed > 0 ? many(row.disputed, "disputed", "disputed") : "",
    row.conflicts > 0 ? many(row.conflicts, "contradiction") : "",
    row.possible_overlap > 0 ? many(row.possible_overlap, "fact") + " perhaps told twice" : "",
    row.committed_overlap > 0 ? number.format(row.committed_overlap) + " of the promised perhaps counted twice" : "",
    row.delivered_overlap > 0 ? number.format(row.delivered_overlap) + " of the delivered perhaps counted twice" : "",
  ].filter(Boolean).join(" · ");

  const bars = (row, most) => measures.every(measure => row[measure + "_high"] === 0) ? [] : measures.map(measure => {
    const track = el("div", { class: "track " + measure });
    const [low, high] = [row[measure + "_low"] || 0, row[measure + "_high"]];
    const part = (kind, from, to) => {
      const bar = el("i", { class: kind });
      bar.style.left = 100 * from / most + "%";
      bar.style.width = 100 * (to - from) / most + "%";
      track.append(bar);
    };
    if (low > 0) part("certain", 0, low);
    if (high === null) part("possible endless", low, Math.max(most, low));
    else if (high > low) part("possible", low, high);
    return track;
  });

  const sumCard = sum => el("div", { class: "sum" },
    el("h2", null, sum.unit ? "Counted in " + sum.unit : "Without a unit",
      el("small", null, many(sum.commitments, "commitment") + ", " + many(sum.deliveries, "delivery", "deliveries") + ", " + many(sum.publishers, "publisher"))),
    measures.map(measure => el("div", { class: measure }, shown(sum, measure), el("span", null, measure))));

  const late = row => row.overdue_low > 0 || row.overdue_high !== 0;
  const inOrder = (a, b) => late(b) - late(a) || (a.unit || "~").localeCompare(b.unit || "~")
    || ["overdue_low", "overdue_high", "outstanding_low", "outstanding_high", "committed_low"].reduce((order, field) => order || (b[field] ?? 1e15) - (a[field] ?? 1e15), 0)
    || label(a).localeCompare(label(b));

  const show = answer => {
    rows = answer.items.slice().sort(inOrder);
    const most = {};
    for (const row of rows)
      for (const measure of measures) most[row.unit] = Math.max(most[row.unit] || 1, row[measure + "_low"] || 0, row[measure + "_high"] ?? (row[measure + "_low"] || 0) * 1.4);
    const head = [groups[question.group_by], "Unit", ...measures];
    byId("head").replaceChildren(...head.map((text, at) => el("th", { scope: "col", class: at > 1 ? "number" : null }, text)), el("th", { scope: "col" }, el("span", { class: "unseen" }, "Bars")));
    byId("rows").replaceChildren(...rows.flatMap(row => {
      const id = "why-" + rows.indexOf(row);
      const opener = el("button", { class: "opener", type: "button", "aria-expanded": "false", "aria-controls": id }, label(row));
      const tr = el("tr", { class: "row" + (late(row) ? " late" : "") },
        el("td", null, opener, el("span", { class: "notes" }, notes(row))),
        el("td", null, row.unit || "—"),
        measures.map(measure => el("td", { class: "number " + measure, "data-name": measure }, shown(row, measure))),
        el("td", { class: "bars", "aria-hidden": "true" }, bars(row, most[row.unit])));
      const why = el("tr", { id, hidden: "" }, el("td", { class: "why", colspan: String(head.length + 1) }));
      tr.addEventListener("click", event => { if (event.target.tagName !== "A" && !String(getSelection())) toggle(row, opener, why); });
      return [tr, why];
    }));
    byId("table").hidden = byId("legend").hidden = rows.length === 0;
    byId("moment").textContent = "As of the end of " + answer.as_of + ", by what was known at " + answer.known_at.slice(0, 16).replace("T", " ") + " UTC. Vague words (“dozens”) are read as “" + answer.vague + "” has it."
      + (question.group_by.includes("item") ? " What was promised as a class and came as a model stands in two rows." : "");
    const open = rows.findIndex(row => nameOf(row) === question.row);
    if (open >= 0) toggle(rows[open], document.querySelectorAll(".opener")[open], byId("why-" + open));
  };

  // ---- why: the facts behind a row, and who says so

  const toggle = async (row, opener, why) => {
    const opens = why.hidden;
    why.hidden = !opens;
    opener.setAttribute("aria-expanded", String(opens));
    opener.closest("tr").classList.toggle("open", opens);
    question.row = opens ? nameOf(row) : null;
    write(true);
    if (!opens || why.dataset.asked) return;
    why.dataset.asked = "yes";
    const cell = why.firstChild;
    cell.textContent = "Asking…";
    try {
      const [explanation] = await Promise.all([ask(row.explain), readNames()]);
      const sources = await readSources(explanation.claims);
      cell.replaceChildren(...explain(explanation, sources), el("p", { class: "quiet" }, el("a", { href: row.explain }, "All of this, with the arithmetic, as JSON")));
    } catch (wrong) {
      delete why.dataset.asked;
      cell.textContent = wrong.message;
    }
  };

  const readNames = async () => {
    names ??= new Map((await ask("/v1/items?limit=5000&fields=code,name")).items.map(item => [item.code, item.name]));
  };

  // Two things that the explanation leaves to the claims: their addresses, and the words of a number.
  const readSources = async claims => {
    const sources = new Map();
    for (let at = 0; at < claims.length; at += 100) {
      const ids = claims.slice(at, at + 100).map(claim => claim.id).join(",");
      const found = await ask("/v1/claims?limit=100&fields=id,article_url,quantity_qualifier,quantity_text,claimant&superseded_at__isnull=true&id=" + ids).catch(() => ({ items: [] }));
      for (const claim of found.items) sources.set(claim.id, claim);
    }
    return sources;
  };

  const items = fact => fact.items.map(code => names.get(code) || code).join(" or ");
  const tag = (text, kind) => el("span", { class: "tag" + (kind ? " " + kind : "") }, text);

  const claimed = (claim, source) => {
    if (claim.quantity_low === null && claim.quantity_high === null) return source?.quantity_text ? "“" + source.quantity_text + "”" : "no number";
    return (source?.quantity_qualifier === "approximate" ? "about " : "") + interval(claim.quantity_low, claim.quantity_high) + (claim.unit ? " " + claim.unit : "")
      + (source?.quantity_text ? " (“" + source.quantity_text + "”)" : "");
  };

  const linked = (claim, source) => {
    const text = claim.article_title || claim.article;
    const url = source?.article_url;
    return url && /^https?:/i.test(url) ? el("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank" }, text) : text;
  };

  const quoted = (claim, sources) => {
    const source = sources.get(claim.id);
    return el("blockquote", null,
      claim.quote ? el("q", null, claim.quote) : el("span", { class: "unknown" }, "No passage was recorded."),
      el("footer", null, [claim.article_publisher, date(claim.article_published_on)].filter(Boolean).join(", "), ": ", linked(claim, source),
        " · ", word(claim.kind), ", ", claimed(claim, source), claim.stated_on ? ", said " + date(claim.stated_on) : "", source?.claimant ? " by " + source.claimant : ""));
  };

  const card = (kind, line, tags, quiet, claims, sources) => el("div", { class: "fact " + kind },
    el("p", { class: "line" }, line, " ", tags.filter(Boolean).map(text => tag(text, text.startsWith("overdue") ? "overdue" : ""))),
    quiet.filter(Boolean).map(text => el("p", { class: "quiet" }, text)), claims.map(claim => quoted(claim, sources)));

  const amount = (low, high, unquantified) => unquantified ? "an unknown number of" : interval(low, high) + " ×";

  const explain = (given, sources) => {
    const about = (kind, id) => given.claims.filter(claim => claim.about.some(fact => fact.kind === kind && fact.id === id));
    const because = (kind, id) => given.reasons.filter(r => r.kind === kind && r.id === id).flatMap(r => r.reasons.map(reason => reason.text));
    const warnings = fact => [fact.disputed && "disputed", fact.conflict && "sources contradict each other", fact.possible_overlap && "perhaps told twice"];
    const section = (title, cards) => cards.length ? [el("h3", null, title), ...cards] : [];
    const links = (own, id, other) => given.links.filter(link => link[own] === id).map(link =>
      interval(link.quantity_low, link.quantity_high) + (other === "delivery_id" ? " delivered (delivery " : " for commitment ") + link[other] + (other === "delivery_id" ? ")" : "") + ": " + link.text);

    return [
      ...section("Commitments", given.commitments.map(fact => card("committed",
        amount(fact.committed_low, fact.committed_high, fact.unquantified) + " " + items(fact),
        [word(fact.status), fact.firmness !== "pledged" && word(fact.firmness), fact.overdue && "overdue " + (fact.unquantified ? "" : interval(fact.overdue_low, fact.overdue_high)), fact.conditional && "conditional", fact.on_hold && "on hold", ...warnings(fact)],
        ["Stated " + date(fact.stated_on) + (fact.due_on ? ", due " + date(fact.due_on) : ", without a deadline") + (fact.unquantified ? "" : "; delivered " + interval(fact.delivered_low, fact.delivered_high) + ", outstanding " + interval(fact.outstanding_low, fact.outstanding_high))
          + "; " + many(fact.publishers, "publisher") + ".", ...links("commitment_id", fact.id, "delivery_id"), ...because("commitment", fact.id)],
        about("commitment", fact.id), sources))),
      ...section("Deliveries", given.deliveries.map(fact => card("delivered",
        amount(fact.delivered_low, fact.delivered_high, fact.unquantified) + " " + items(fact),
        [word(fact.stage), fact.unexplained && "only a total tells of it", ...warnings(fact)],
        ["Delivery " + fact.id + ", " + (date(fact.happened_on) || "date unknown") + "; " + many(fact.publishers, "publisher") + ".",
          fact.unquantified || fact.unpledged_high === 0 ? "" : "Promised by no commitment: " + interval(fact.unpledged_low, fact.unpledged_high) + ".", ...links("delivery_id", fact.id, "commitment_id"), ...because("delivery", fact.id)],
        about("delivery", fact.id), sources))),
      ...section("Requests", given.requests.map(fact => card("",
        amount(fact.requested_low, fact.requested_high, fact.unquantified) + " " + items(fact), warnings(fact), ["Asked for " + date(fact.stated_on) + "."], about("request", fact.id), sources))),
      ...section("Not counted", given.left_out.map(left => el("p", { class: "quiet" }, word(left.kind) + " " + left.id + ": " + left.text))),
    ];
  };

  // ---- asking

  const fail = wrong => {
    byId("locked").hidden = wrong.status !== 401 && wrong.status !== 403;
    byId("status").className = "wrong";
    byId("status").textContent = wrong.message;
    byId("status").hidden = false;
    byId("table").hidden = byId("legend").hidden = true;
    byId("sums").replaceChildren();
  };

  const refresh = async () => {
    const turn = ++asked;
    byId("status").className = "";
    byId("status").textContent = "Asking…";
    byId("status").hidden = false;
    const { recipient, group_by, unit, as_of } = question;
    const path = "/v1/balances?" + query({ recipient, unit, as_of, group_by });
    try {
      const [recipients, sums, answer] = await Promise.all([ask("/v1/balances?" + query({ as_of, group_by: "recipient" })), ask("/v1/balances?" + query({ recipient, unit, as_of })), ask(path)]);
      if (turn !== asked) return;
      const known = new Map(recipients.items.map(row => [row.recipient, row.recipient_name]));
      const units = [...new Set(recipients.items.filter(row => !recipient || row.recipient === recipient).map(row => row.unit).filter(Boolean))].sort();
      options(byId("recipient"), [["", "everybody"], ...[...known].sort((a, b) => a[1].localeCompare(b[1]))], recipient);
      options(byId("unit"), [["", "everything"], ...units.map(each => [each, each])], unit);
      options(byId("group"), Object.entries(groups), group_by);
      byId("day").value = answer.as_of;
      byId("json").href = path;
      byId("csv").href = path + "&format=csv&download=true";
      byId("title").textContent = recipient ? "Promised to " + (known.get(recipient) || recipient) : "Promised to everybody";
      document.title = byId("title").textContent + ", " + answer.as_of + " · Facts";
      byId("subtitle").textContent = "What was promised, what of it has arrived, and what is overdue, as of " + answer.as_of + ".";
      byId("sums").replaceChildren(...sums.items.sort((a, b) => b.commitments - a.commitments).map(sumCard));
      byId("status").hidden = answer.items.length > 0;
      byId("status").textContent = answer.items.length > 0 ? many(answer.items.length, "row") : "Nothing is recorded that answers this. Another recipient, unit or day may.";
      byId("locked").hidden = true;
      show(answer);
    } catch (wrong) {
      if (turn === asked) fail(wrong);
    }
  };

  const change = part => {
    question = { ...question, row: null, ...part };
    write(false);
    refresh();
  };

  byId("question").addEventListener("submit", event => event.preventDefault());
  byId("recipient").addEventListener("change", event => change({ recipient: event.target.value, unit: null }));
  byId("group").addEventListener("change", event => change({ group_by: event.target.value }));
  byId("unit").addEventListener("change", event => change({ unit: event.target.value }));
  byId("day").addEventListener("change", event => change({ as_of: event.target.value }));
  byId("today").addEventListener("click", () => change({ as_of: null }));
  byId("locked").addEventListener("submit", event => {
    event.preventDefault();
    sessionStorage.setItem("key", byId("key").value.trim());
    byId("key").value = "";
    refresh();
  });
  byId("rows").addEventListener("keydown", event => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp" || !event.target.matches(".opener")) return;
    const openers = [...document.querySelectorAll(".opener")];
    openers[openers.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
    event.preventDefault();
  });
  addEventListener("popstate", () => { question = read(); refresh(); });

  question = read();
  refresh();
})();
