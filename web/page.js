// The screen: takes files, asks the worker, shows what it says. Text of workbooks only ever becomes textContent.
"use strict";

document.body.className = "waiting"; // a browser that comes so far is new enough

const START_SECONDS = Number(document.body.dataset.startSeconds);
const FILE_SECONDS = Number(document.body.dataset.fileSeconds);
const SLOW = `处理超过${FILE_SECONDS}秒，已停止；请检查文件是否异常庞大，或重新获取原文件。`;
const NOT_STARTED = `${START_SECONDS}秒内没有准备好：请刷新重试；仍不行请换用Edge或Chrome 100以上，并告知财政局绩效股。`;
const BROKEN = "程序没有处理好这个文件，原文件没有改动，请告知财政局绩效股：";

const byId = (id) => document.getElementById(id);

function made(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined && text !== null) element.textContent = text;
  return element;
}

// ---------------------------------------------------------------- the worker

class Core {
  constructor() {
    this.waiting = new Map();
    this.last = 0;
    this.queue = Promise.resolve();
  }

  start(heard) {
    const code = byId("worker").textContent;
    this.worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
    this.worker.onmessage = ({ data }) => {
      if (data.part !== undefined) return heard(data.part);
      const asked = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (asked) data.error ? asked.fail(new Error(BROKEN + data.error)) : asked.done(data);
    };
    const parts = {};
    for (const part of document.querySelectorAll("script[data-part]")) parts[part.dataset.part] = part.textContent;
    this.ready = this.send("start", parts, [], START_SECONDS, NOT_STARTED);
    return this.ready;
  }

  send(call, words, files, seconds, late) {
    const id = ++this.last;
    return new Promise((done, fail) => {
      const limit = setTimeout(() => {
        this.waiting.delete(id);
        this.worker.terminate();
        if (call !== "start") this.start(() => {}).catch(() => {}); // whoever asks next hears why
        fail(new Error(late));
      }, seconds * 1000);
      const settle = (next) => (value) => { clearTimeout(limit); next(value); };
      this.waiting.set(id, { done: settle(done), fail: settle(fail) });
      this.worker.postMessage({ id, call, words, files });
    });
  }

  // One after the other, each with its own time limit.
  ask(call, words, files = []) {
    const next = this.queue.then(async () => {
      await this.ready;
      return this.send(call, words, files, FILE_SECONDS, SLOW);
    });
    this.queue = next.catch(() => {});
    return next;
  }
}

const core = new Core();
const entries = new Map(); // path → {path, name, data, answer, before, chosen project}
let chosen = null;
const MOST_TABS = 6;

// ---------------------------------------------------------------- step 1

// Under a name that is known stands its corrected version, unless it came at the same time, or is of other projects.
async function take(files) {
  const now = new Set();
  for (const { file, path } of files) {
    const entry = { path: now.has(path) ? another(path) : path, name: file.name, data: null, answer: null, before: null, project: 0 };
    const before = entries.get(entry.path);
    now.add(entry.path);
    entries.set(entry.path, entry);
    drawList();
    try {
      entry.data = new Uint8Array(await file.arrayBuffer());
      entry.answer = (await core.ask("examined", [entry.path], [entry.data])).answer;
    } catch (error) {
      entry.answer = { state: error.message, good: false, projects: [], writable: false };
    }
    if (before && ofOthers(before, entry)) {
      entries.set(before.path, before);
      entry.path = another(before.path);
      entries.set(entry.path, entry);
    } else if (before) {
      entry.before = before.answer;
      if (chosen === before) chosen = entry;
    }
    chosen = chosen || entry;
    byId("heard").textContent = `${entry.path}：${entry.answer.state}`;
    drawList();
    drawResult();
  }
}

function another(path) {
  const [, stem, suffix] = /^(.*?)(\.[^./]*)?$/s.exec(path);
  for (let number = 2; ; number++) {
    const free = `${stem}（${number}）${suffix || ""}`;
    if (!entries.has(free)) return free;
  }
}

function ofOthers(one, other) {
  const names = (entry) => (entry.answer ? entry.answer.projects : []).map((project) => project.name);
  const known = names(one);
  return known.length > 0 && names(other).length > 0 && !names(other).some((name) => known.includes(name));
}

const chosenFiles = (files) => [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

async function dropped(transfer) {
  const items = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  const files = [];
  async function walk(entry) {
    if (entry.isFile) {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      files.push({ file, path: entry.fullPath.replace(/^\//, "") });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!some.length) return;
      for (const each of some) await walk(each);
    }
  }
  const whole = chosenFiles(transfer.files); // gone after the first wait
  for (const item of items) await walk(item);
  await take(files.length ? files : whole);
}

function drawList() {
  const list = byId("list");
  const focus = list.contains(document.activeElement) ? document.activeElement.dataset.path : null;
  list.replaceChildren();
  for (const entry of entries.values()) {
    const line = made("li", entry === chosen ? "chosen" : "");
    const name = made("button", "name", entry.path);
    name.type = "button";
    name.dataset.path = entry.path;
    if (entry === chosen) name.setAttribute("aria-current", "true");
    name.onclick = () => { chosen = entry; drawList(); drawResult(); };
    const state = entry.answer ? entry.answer.state : "正在读取…";
    const projects = entry.answer ? entry.answer.projects.length : 0;
    const remove = made("button", "link", "移除");
    remove.type = "button";
    remove.setAttribute("aria-label", `移除 ${entry.path}`);
    remove.onclick = () => {
      entries.delete(entry.path);
      if (chosen === entry) chosen = entries.values().next().value || null;
      drawList();
      drawResult();
      (list.querySelector(".name") || byId("drop")).focus();
    };
    line.append(name);
    if (projects) line.append(made("span", "count", `${projects}个项目`));
    line.append(made("span", `state ${!entry.answer ? "" : entry.answer.good ? "good" : "bad"}`.trim(), state), remove);
    list.append(line);
    if (focus === entry.path) name.focus();
  }
  byId("merge").hidden = [...entries.values()].filter((entry) => entry.answer && entry.answer.projects.length).length < 2;
}

// ---------------------------------------------------------------- step 2

function drawResult() {
  const place = byId("result");
  const chooses = place.querySelector('[role="tablist"], select');
  const focus = chooses && chooses.contains(document.activeElement);
  place.replaceChildren();
  byId("papers").replaceChildren();
  const projects = chosen && chosen.answer ? chosen.answer.projects : [];
  byId("nothing").hidden = entries.size > 0;
  byId("saving").hidden = !projects.length;
  byId("save").disabled = !(chosen && chosen.answer && chosen.answer.writable);
  byId("saved").textContent = "";
  if (!chosen || !chosen.answer) return;
  if (!projects.length) {
    place.append(made("p", "bad", `${chosen.name}：${chosen.answer.why || chosen.answer.state}`));
    return;
  }
  if (projects.length > 1) place.append(chooser(projects));
  const project = projects[chosen.project];
  const panel = drawProject(project, previous(project));
  panel.id = "project";
  if (projects.length > 1 && projects.length <= MOST_TABS) panel.setAttribute("role", "tabpanel");
  place.append(panel);
  byId("papers").append(drawSignOff(project));
  if (focus) place.querySelector('[role="tab"][aria-selected="true"], select').focus();
}

function chooser(projects) {
  const choose = (number) => { chosen.project = number; drawResult(); };
  if (projects.length > MOST_TABS) {
    const list = made("select");
    list.setAttribute("aria-label", "项目");
    projects.forEach((project, number) => {
      const option = made("option", "", project.name);
      option.value = number;
      option.selected = number === chosen.project;
      list.append(option);
    });
    list.onchange = () => choose(Number(list.value));
    return list;
  }
  const tabs = made("div", "tabs");
  tabs.setAttribute("role", "tablist");
  tabs.setAttribute("aria-label", "项目");
  projects.forEach((project, number) => {
    const tab = made("button", "", project.name);
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-selected", String(number === chosen.project));
    tab.setAttribute("aria-controls", "project");
    tab.tabIndex = number === chosen.project ? 0 : -1;
    tab.onclick = () => choose(number);
    tab.onkeydown = ({ key }) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
      if (step) choose((number + step + projects.length) % projects.length);
    };
    tabs.append(tab);
  });
  return tabs;
}

// The same project in what was dropped before under this name.
function previous(project) {
  const before = chosen.before ? chosen.before.projects : [];
  return before.find((each) => each.name === project.name) || (before.length === 1 ? before[0] : null);
}

function changes(before, now) {
  const texts = (project) => project.rows.map((row) => [row.name, row.weight, row.target, row.actual, row.stated, row.reason].join("\u0000"));
  const old = new Set(texts(before));
  return texts(now).filter((text) => !old.has(text)).length;
}

function drawProject(project, before) {
  const all = made("div");
  all.append(made("p", "", project.head));
  const totals = made("div", "totals");
  totals.append(
    made("p", "total", `核算总分 ${project.total}　${project.grade}　预算执行率 ${project.rate}`),
    made("p", `stated ${project.agrees ? "good" : "bad"}`, project.stated),
  );
  all.append(totals);
  if (before) all.append(made("p", "compared", `上次${before.total}，本次${project.total}，改动${changes(before, project)}处`));
  const bars = made("ul", "bars");
  for (const part of project.parts) {
    const bar = made("li", "", `${part.name} `);
    const meter = made("meter");
    meter.max = Number(part.weight);
    meter.value = Number(part.score);
    meter.setAttribute("aria-label", part.name);
    bar.append(meter, ` ${part.score}/${part.weight}`);
    bars.append(bar);
  }
  all.append(bars);
  const groups = [["error", "必须修改", true], ["warning", "请核实说明", true], ["info", "供参考", false]];
  for (const [severity, title, open] of groups) {
    const found = project.findings.filter((each) => each.severity === severity);
    if (!found.length) continue;
    const group = made("details", "group");
    group.open = open;
    group.append(made("summary", "", `${title}（${found.length}${open ? "" : "，点开"}）`), ...found.map(drawFinding));
    all.append(group);
  }
  all.append(drawTable(project));
  return all;
}

function drawFinding(finding) {
  const entry = made("div", `finding ${finding.severity}`);
  entry.append(made("p", "where", finding.where), made("p", "what", finding.what));
  if (finding.remedy) entry.append(made("p", "remedy", `怎么改：${finding.remedy}`));
  const basis = made("details", "basis");
  basis.append(made("summary", "", "依据"), made("p", "", finding.basis));
  entry.append(basis);
  return entry;
}

const COLUMNS = [
  ["一级", "level1"], ["二级", "level2"], ["三级", "name"], ["权重", "weight"], ["目标值", "target"],
  ["业绩值", "actual"], ["完成率", "completion"], ["得分", "score"], ["原因", "reason"],
];
const NUMBERS = new Set(["weight", "completion", "score"]);

function drawTable(project) {
  const table = made("table");
  const head = made("tr");
  for (const [title] of COLUMNS) {
    const cell = made("th", "", title);
    cell.scope = "col";
    head.append(cell);
  }
  table.append(head);
  for (const row of project.rows) {
    const line = made("tr");
    for (const [, key] of COLUMNS) {
      const mark = row.marks[key] === "error" ? "found" : row.marks[key] ? "asked" : "";
      const cell = made("td", `${NUMBERS.has(key) ? "number" : ""} ${mark}`.trim());
      if (key === "score") cell.append(scoreOf(row, line));
      else cell.textContent = row[key];
      line.append(cell);
    }
    table.append(line);
  }
  const around = made("div", "scroll");
  around.append(table);
  return around;
}

function scoreOf(row, line) {
  const differs = row.stated && row.score && row.stated !== row.score;
  const score = made("button", "link", differs ? `填报${row.stated} → 核算${row.score}` : row.score || "—");
  score.type = "button";
  score.setAttribute("aria-expanded", "false");
  score.onclick = () => {
    const open = line.nextElementSibling && line.nextElementSibling.classList.contains("sum-line");
    score.setAttribute("aria-expanded", String(!open));
    if (open) return line.nextElementSibling.remove();
    const below = made("tr", "sum-line");
    const cell = made("td");
    cell.colSpan = COLUMNS.length;
    cell.append(made("p", "sum", row.explanation));
    below.append(cell);
    line.after(below);
  };
  return score;
}

function drawSignOff(project) {
  const paper = made("section", "paper");
  paper.append(made("h2", "", "项目支出绩效自评送签单"));
  const table = made("table");
  for (const cells of project.sign_off) {
    const line = made("tr");
    cells.forEach(([text, span, bold]) => {
      const cell = made(bold ? "th" : "td", "", text);
      cell.colSpan = span;
      line.append(cell);
    });
    table.append(line);
  }
  paper.append(table);
  return paper;
}

// ---------------------------------------------------------------- step 3

function save(name, bytes) {
  const link = made("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

async function download(call, words, files) {
  const said = byId("saved");
  said.textContent = "正在生成…";
  try {
    const { answer, file } = await core.ask(call, words, files);
    if (file) save(answer.name, file);
    said.textContent = answer.said;
  } catch (error) {
    said.textContent = error.message;
  }
}

async function selfCheck() {
  const place = byId("self-check-result");
  place.textContent = "正在自检…";
  const start = performance.now();
  try {
    const { answer } = await core.ask("self_checked", []);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    place.className = answer.good ? "good" : "bad";
    place.textContent = answer.good ? `${answer.said}（本机用时${seconds}秒）` : answer.said;
  } catch (error) {
    place.className = "bad";
    place.textContent = `请勿使用，告知财政局绩效股（${error.message}）`;
  }
}

// ---------------------------------------------------------------- 本局版

const projectsOf = new Map(); // unit → names of its projects

async function offerUnits() {
  const { answer } = await core.ask("units", []);
  for (const { unit, projects } of answer) {
    projectsOf.set(unit, projects);
    const option = made("option", "", unit);
    option.value = unit;
    byId("unit").append(option);
  }
  byId("units").hidden = answer.length === 0;
}

function showUnit(unit) {
  const projects = projectsOf.get(unit) || [];
  byId("unit-projects").replaceChildren(...projects.map((name) => made("li", "", name)));
  byId("prefilled").disabled = !projects.length;
}

// ---------------------------------------------------------------- all together

function listen() {
  const drop = byId("drop");
  drop.onclick = () => byId("files").click();
  drop.onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); byId("files").click(); } };
  document.ondragover = (event) => { event.preventDefault(); drop.classList.add("over"); };
  document.ondragleave = () => drop.classList.remove("over");
  document.ondrop = (event) => { event.preventDefault(); drop.classList.remove("over"); dropped(event.dataTransfer); };
  byId("choose-folder").onclick = () => byId("folder").click();
  for (const id of ["files", "folder"]) {
    byId(id).onchange = (event) => { take(chosenFiles(event.target.files)); event.target.value = ""; };
  }
  for (const button of document.querySelectorAll("[data-blank]")) {
    button.onclick = () => download("blank", [button.dataset.blank], []);
  }
  byId("unit").onchange = (event) => showUnit(event.target.value);
  byId("prefilled").onclick = () => download("prefilled", [byId("unit").value], []);
  byId("save").onclick = () => download("scored", [chosen.path], [chosen.data]);
  byId("save-findings").onclick = () => download("findings", [chosen.path], [chosen.data]);
  byId("merge").onclick = () => {
    const all = [...entries.values()].filter((entry) => entry.data);
    download("merged", all.map((entry) => entry.path), all.map((entry) => entry.data));
  };
  byId("self-check").onclick = selfCheck;
  byId("print").onclick = () => window.print();
  byId("print-sign-off").onclick = () => {
    document.body.classList.add("sign-off");
    window.print();
  };
  window.onafterprint = () => document.body.classList.remove("sign-off");
  byId("help").onclick = (event) => {
    const text = byId("help-text");
    text.hidden = !text.hidden;
    event.target.setAttribute("aria-expanded", String(!text.hidden));
  };
}

listen();
core.start((part) => { byId("loaded").value += part; }).then(
  ({ answer }) => {
    document.body.className = "ready";
    document.body.dataset.started = answer.join(" ");
    byId("self-check").disabled = false;
    return offerUnits();
  },
  (error) => { byId("starting").textContent = error.message; },
);
