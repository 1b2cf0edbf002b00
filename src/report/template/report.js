"use strict";
(function () {
  var body = document.body, said = body.dataset, lang = document.documentElement.lang;
  var comma = /^(da|nb|ro)/.test(lang);
  function number(text) {
    var plain = text.replace(/[\s\u00a0]/g, "").replace("\u2212", "-");
    plain = comma ? plain.replace(/\./g, "").replace(",", ".") : plain.replace(/,/g, "");
    var found = plain.match(/-?\d+(\.\d+)?/);
    return found ? parseFloat(found[0]) : NaN;
  }
  function cell(row, at) { return row.cells[at] ? row.cells[at].textContent.trim() : ""; }
  function button(text, act) {
    var b = document.createElement("button");
    b.type = "button"; b.textContent = text; b.addEventListener("click", act);
    return b;
  }
  document.querySelectorAll("table[data-sort]").forEach(function (table) {
    var rows = table.tBodies[0];
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, at) {
      var b = button("", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        var numeric = head.classList.contains("n");
        Array.prototype.slice.call(rows.rows).sort(function (x, y) {
          var a = cell(x, at), c = cell(y, at), order;
          if (numeric) {
            a = number(a); c = number(c);
            if (isNaN(a) || isNaN(c)) { return isNaN(a) - isNaN(c); }
            order = a - c;
          } else { order = a.localeCompare(c, lang, { numeric: true }); }
          return down ? -order : order;
        }).forEach(function (row) { rows.appendChild(row); });
      });
      while (head.firstChild) { b.appendChild(head.firstChild); }
      b.className = "sort"; head.appendChild(b);
    });
    if (rows.rows.length > 9) {
      var label = document.createElement("label"), input = document.createElement("input");
      label.className = "tool"; input.type = "search"; label.append(said.filter + " ", input);
      input.addEventListener("input", function () {
        var asked = input.value.toLocaleLowerCase(lang);
        Array.prototype.forEach.call(rows.rows, function (row) {
          row.hidden = row.textContent.toLocaleLowerCase(lang).indexOf(asked) < 0;
        });
      });
      table.parentNode.parentNode.insertBefore(label, table.parentNode);
    }
  });
  document.querySelectorAll("body [data-copy]").forEach(function (code) {
    var b = button(said.copy, function () {
      function done() { b.textContent = said.copied; setTimeout(function () { b.textContent = said.copy; }, 1500); }
      function select() {
        var range = document.createRange(); range.selectNodeContents(code);
        var chosen = window.getSelection(); chosen.removeAllRanges(); chosen.addRange(range);
        try { document.execCommand("copy"); done(); } catch (e) { return; }
      }
      if (navigator.clipboard) { navigator.clipboard.writeText(code.textContent).then(done, select); } else { select(); }
    });
    b.className = "copy";
    code.parentNode.parentNode.insertBefore(b, code.parentNode.nextSibling);
  });
  var compare = document.getElementById("compare-table");
  if (compare) {
    var picks = document.createElement("fieldset"), legend = document.createElement("legend");
    picks.className = "tool"; legend.textContent = said.pick; picks.appendChild(legend);
    Array.prototype.forEach.call(compare.tHead.rows[0].cells, function (head, at) {
      if (!head.dataset.segment) { return; }
      var label = document.createElement("label"), box = document.createElement("input");
      box.type = "checkbox"; box.checked = true; label.append(box, " " + head.dataset.segment);
      box.addEventListener("change", function () {
        Array.prototype.forEach.call(compare.rows, function (row) { if (row.cells[at]) { row.cells[at].hidden = !box.checked; } });
      });
      picks.appendChild(label);
    });
    compare.parentNode.parentNode.insertBefore(picks, compare.parentNode);
  }
  document.querySelectorAll(".drawn").forEach(function (title) {
    var line = title.parentNode.querySelectorAll("svg > text")[1], below = document.createElement("span");
    if (!line) { return; }
    below.textContent = line.textContent.trim();
    title.append(below); line.classList.add("said");
  });
  var tip = document.createElement("div");
  tip.className = "tip"; tip.hidden = true; tip.setAttribute("aria-hidden", "true"); body.appendChild(tip);
  document.addEventListener("pointerover", function (event) {
    var hot = event.target.closest ? event.target.closest(".hot") : null;
    if (!hot) { tip.hidden = true; return; }
    tip.textContent = hot.getAttribute("data-tip");
    tip.hidden = false;
    var at = hot.getBoundingClientRect(), wide = tip.offsetWidth;
    var left = Math.max(8, Math.min(at.left + at.width / 2 - wide / 2, document.documentElement.clientWidth - wide - 8));
    tip.style.left = left + window.scrollX + "px";
    tip.style.top = Math.max(window.scrollY + 4, at.top + window.scrollY - tip.offsetHeight - 8) + "px";
  });
})();
