// Search, copy buttons, table of contents and theme of documentation pages. A classic script without dependencies: it must run from a file system.
(() => {
  type Row = [name: string, kinds: string, entry: number, address: string, text?: string, deprecated?: number, category?: string];

  interface Index {
    version: number;
    package: string;
    entries: string[];
    kinds: Record<string, string>;
    symbols: Row[];
  }

  /** What a symbol is searched by, worked out once when the index has arrived. */
  interface Item {
    row: Row;
    path: string;
    /** Where the last part of the name starts in the path. */
    leaf: number;
    /** Where the words of the path start: at capitals, digits, dots and underscores. */
    starts: number[];
    rank: number;
  }

  interface Hit {
    item: Item;
    score: number;
    ranges: [number, number][];
  }

  const MAX_HITS = 50;
  const CSS_OF_KIND: Record<string, string> = {
    f: "k-function", v: "k-variable", c: "k-class", E: "k-enum", I: "k-interface", T: "k-type", N: "k-namespace", p: "k-property", m: "k-method",
  };

  // ---- Search ----

  function wordStarts(name: string): number[] {
    const starts: number[] = [];
    for (let i = 0; i < name.length; i++) {
      const c = name[i];
      const previous = i === 0 ? "." : name[i - 1];
      const isLetter = /[\p{L}\p{N}$]/u.test(c);
      if (!isLetter) {
        continue;
      }
      const isUpper = c !== c.toLowerCase();
      const previousIsUpper = previous !== previous.toLowerCase();
      const next = name[i + 1] ?? "";
      if (
        !/[\p{L}\p{N}$]/u.test(previous) || (isUpper && (!previousIsUpper || (next !== "" && next === next.toLowerCase() && next !== next.toUpperCase()))) ||
        (/\d/.test(c) && !/\d/.test(previous))
      ) {
        starts.push(i);
      }
    }
    return starts;
  }

  function prepare(index: Index): Item[] {
    return index.symbols.map((row) => {
      const name = row[0];
      const isMember = row[1] === "p" || row[1] === "m";
      return {
        row,
        path: name.toLowerCase(),
        leaf: name.lastIndexOf(".") + 1,
        starts: wordStarts(name),
        rank: (isMember ? -60 : 0) + (row[5] ? -80 : 0) - Math.min(name.length, 60) / 2 - row[2] / 100,
      };
    });
  }

  /** Every letter of the query starts a word or follows the one before: "almostE", "aEq". */
  function byWords(item: Item, query: string): [number, number][] | null {
    const path = item.path;
    const isStart = new Set(item.starts);
    const ranges: [number, number][] = [];
    let at = -1;
    for (const letter of query) {
      if (at >= 0 && path[at + 1] === letter) {
        at++;
        ranges[ranges.length - 1][1] = at + 1;
        continue;
      }
      let next = at + 1;
      while (next < path.length && !(isStart.has(next) && path[next] === letter)) {
        next++;
      }
      if (next >= path.length) {
        return null;
      }
      ranges.push([next, next + 1]);
      at = next;
    }
    return ranges;
  }

  /** The distance of the query to the beginning of the text: insertions, deletions, changes and swapped neighbours. More than the limit is Infinity. */
  function distance(query: string, text: string, limit: number): number {
    const width = Math.min(text.length, query.length + limit);
    let before: number[] = [];
    let previous = Array.from({ length: width + 1 }, (_, j) => j);
    for (let i = 1; i <= query.length; i++) {
      const current = [i];
      let least = i;
      for (let j = 1; j <= width; j++) {
        let cost = Math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (query[i - 1] === text[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && query[i - 1] === text[j - 2] && query[i - 2] === text[j - 1]) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        current.push(cost);
        least = Math.min(least, cost);
      }
      if (least > limit) {
        return Infinity;
      }
      before = previous;
      previous = current;
    }
    return Math.min(...previous);
  }

  function match(item: Item, word: string, original: string): { score: number; ranges: [number, number][] } | null {
    const { path, leaf, row } = item;
    const name = row[0];
    const whole = (start: number): [number, number][] => [[start, start + word.length]];
    if (name.slice(leaf) === original) {
      return { score: 1000, ranges: whole(leaf) };
    }
    if (name === original) {
      return { score: 980, ranges: whole(0) };
    }
    if (path.length - leaf === word.length && path.startsWith(word, leaf)) {
      return { score: 900, ranges: whole(leaf) };
    }
    if (path.startsWith(word, leaf)) {
      return { score: 700, ranges: whole(leaf) };
    }
    if (path.startsWith(word)) {
      return { score: 640, ranges: whole(0) };
    }
    for (const start of item.starts) {
      if (path.startsWith(word, start)) {
        return { score: start > leaf ? 500 : 460, ranges: whole(start) };
      }
    }
    const words = word.length > 1 ? byWords(item, word) : null;
    if (words !== null) {
      return { score: 420 - words.length * 10, ranges: words };
    }
    const at = path.indexOf(word);
    return at >= 0 && word.length > 1 ? { score: 300, ranges: whole(at) } : null;
  }

  function search(items: Item[], index: Index, text: string): Hit[] {
    const originals = text.trim().split(/\s+/).filter((w) => w !== "").slice(0, 6);
    const words = originals.map((w) => w.toLowerCase());
    const hits: Hit[] = [];
    for (const item of items) {
      let score = item.rank;
      const ranges: [number, number][] = [];
      let fits = words.length > 0;
      for (let i = 0; i < words.length && fits; i++) {
        const found = match(item, words[i], originals[i]);
        if (found !== null) {
          score += found.score;
          ranges.push(...found.ranges);
        } else if (words[i].length > 2 && index.entries[item.row[2]].toLowerCase().includes(words[i])) {
          score += 60;
        } else if (words[i].length > 2 && (item.row[4] ?? "").toLowerCase().includes(words[i])) {
          score += 40;
        } else if (words[i].length > 2 && (item.row[6] ?? "").toLowerCase().includes(words[i])) {
          score += 40;
        } else {
          fits = false;
        }
      }
      if (fits) {
        hits.push({ item, score, ranges });
      }
    }
    if (hits.length < 5 && words.length === 1 && words[0].length > 3) {
      const known = new Set(hits.map((h) => h.item));
      const limit = words[0].length > 7 ? 2 : 1;
      for (const item of items) {
        if (!known.has(item)) {
          const far = distance(words[0], item.path.slice(item.leaf), limit);
          if (far <= limit) {
            hits.push({ item, score: 100 - far * 30 + item.rank, ranges: [] });
          }
        }
      }
    }
    return hits.sort((a, b) => b.score - a.score || (a.item.path < b.item.path ? -1 : 1)).slice(0, MAX_HITS);
  }

  function marked(name: string, ranges: [number, number][]): Node[] {
    const nodes: Node[] = [];
    let done = 0;
    for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
      if (start < done) {
        continue;
      }
      nodes.push(document.createTextNode(name.slice(done, start)));
      const mark = document.createElement("mark");
      mark.textContent = name.slice(start, end);
      nodes.push(mark);
      done = end;
    }
    nodes.push(document.createTextNode(name.slice(done)));
    return nodes;
  }

  function element(tag: string, css: string, text = ""): HTMLElement {
    const made = document.createElement(tag);
    made.className = css;
    made.textContent = text;
    return made;
  }

  /** The index is a script where it lies on a disk, and JSON where a server gives it. */
  function load(address: string): Promise<Index> {
    const scope = globalThis as unknown as { kilnDocsIndex?: Index };
    if (!new URL(address, location.href).pathname.endsWith(".js")) {
      return fetch(address).then((response) => response.json() as Promise<Index>);
    }
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
      if (nonce) {
        script.nonce = nonce;
      }
      script.onload = () => scope.kilnDocsIndex ? resolve(scope.kilnDocsIndex) : reject(new Error("no index"));
      script.onerror = () => reject(new Error("no index"));
      document.head.append(script);
    });
  }

  function setUpSearch(box: HTMLElement): void {
    const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
    const root = box.dataset.root ?? document.documentElement.dataset.docRoot ?? "";
    const input = document.createElement("input");
    input.type = "search";
    input.placeholder = "Search symbols";
    input.autocomplete = "off";
    input.spellcheck = false;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-label", "Search symbols");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", "doc-search-hits");
    input.setAttribute("aria-autocomplete", "list");
    const hint = element("kbd", "doc-search-key", isMac ? "⌘K" : "Ctrl K");
    hint.setAttribute("aria-hidden", "true");
    const panel = element("div", "doc-search-panel");
    panel.hidden = true;
    const list = element("ul", "doc-search-hits");
    list.id = "doc-search-hits";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Symbols");
    const status = element("p", "doc-search-status");
    status.setAttribute("role", "status");
    panel.append(status, list);
    box.append(input, hint, panel);
    box.hidden = false;

    let loading: Promise<void> | undefined;
    let index: Index | undefined;
    let items: Item[] = [];
    let hits: Hit[] = [];
    let selected = -1;

    const start = (): Promise<void> => loading ??= load(box.dataset.index ?? "").then((loaded) => {
      index = loaded;
      items = prepare(loaded);
      show();
    }, () => {
      loading = undefined;
      status.textContent = "The search index could not be loaded.";
    });

    const close = (): void => {
      panel.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const select = (at: number): void => {
      selected = at;
      [...list.children].forEach((option, i) => {
        option.setAttribute("aria-selected", String(i === at));
        if (i === at) {
          option.scrollIntoView({ block: "nearest" });
          input.setAttribute("aria-activedescendant", option.id);
        }
      });
      if (at < 0) {
        input.removeAttribute("aria-activedescendant");
      }
    };

    const row = (hit: Hit, at: number): HTMLElement => {
      const [name, kinds, entry, address, text, deprecated] = hit.item.row;
      const option = element("li", deprecated ? "doc-hit doc-is-gone" : "doc-hit");
      option.id = `doc-hit-${at}`;
      option.setAttribute("role", "option");
      const link = document.createElement("a");
      link.href = root + address;
      link.tabIndex = -1;
      const badges = element("span", "doc-kinds");
      for (const kind of kinds) {
        const badge = element("span", `doc-kind ${CSS_OF_KIND[kind] ?? ""}`, kind);
        badge.title = index?.kinds[kind] ?? "";
        badges.append(badge);
      }
      const label = element("span", "doc-hit-name");
      label.append(...marked(name, hit.ranges));
      link.append(badges, label);
      if (index !== undefined && index.entries.length > 1) {
        link.append(element("span", "doc-hit-entry", index.entries[entry]));
      }
      if (text) {
        link.append(element("span", "doc-hit-text", text));
      }
      option.append(link);
      option.addEventListener("mousemove", () => {
        if (selected !== at) {
          select(at);
        }
      });
      return option;
    };

    const show = (): void => {
      const text = input.value.trim();
      if (text === "" || document.activeElement !== input) {
        close();
        return;
      }
      panel.hidden = false;
      input.setAttribute("aria-expanded", "true");
      if (index === undefined) {
        status.textContent = "Loading…";
        return;
      }
      hits = search(items, index, text);
      list.replaceChildren(...hits.map(row));
      status.textContent = hits.length === 0 ? `Nothing is called “${text}”.` : hits.length === MAX_HITS ? `The best ${MAX_HITS} hits` : hits.length === 1 ? "1 hit" : `${hits.length} hits`;
      list.scrollTop = 0;
      select(hits.length === 0 ? -1 : 0);
    };

    input.addEventListener("focus", () => {
      void start();
      show();
    });
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (hits.length > 0 && !panel.hidden) {
          select((selected + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length);
        }
      } else if (event.key === "Enter" && selected >= 0 && !panel.hidden) {
        event.preventDefault();
        close();
        location.href = root + hits[selected].item.row[3];
      } else if (event.key === "Escape") {
        event.preventDefault();
        if (panel.hidden) {
          input.blur();
        } else {
          close();
        }
      }
    });
    document.addEventListener("pointerdown", (event) => {
      if (!box.contains(event.target as Node)) {
        close();
      }
    });
    document.addEventListener("keydown", (event) => {
      const target = event.target as HTMLElement;
      const isTyping = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      if (((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") || (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey)) {
        event.preventDefault();
        input.focus();
        input.select();
      }
    });
  }

  // ---- Copy ----

  /** From a file system, and on servers without TLS, browsers keep the clipboard's own interface away. */
  function copy(text: string): Promise<void> {
    if (location.protocol !== "file:" && navigator.clipboard) {
      return navigator.clipboard.writeText(text);
    }
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "doc-hidden";
    document.body.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    return isDone ? Promise.resolve() : Promise.reject(new Error("not allowed"));
  }

  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button.copy");
    if (button === null) {
      return;
    }
    // The whole example: what is hidden when it is shown is in the attribute.
    const text = button.dataset.copy || button.parentElement?.querySelector("pre")?.textContent || "";
    copy(text).then(() => "Copied", () => "Not copied").then((word) => {
      button.textContent = word;
      setTimeout(() => button.textContent = "Copy", 1500);
    });
  });

  // ---- Tools ----

  function setUpTools(): void {
    const inputs = [...document.querySelectorAll<HTMLInputElement>("input[name=doc-tool]")];
    const store = (key: string, value?: string): string | null => {
      try {
        if (value !== undefined) {
          localStorage.setItem(key, value);
        }
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    };
    const chosen = store("kiln-tool");
    for (const input of inputs) {
      if (input.value === chosen) {
        input.checked = true;
      }
      input.addEventListener("change", () => store("kiln-tool", input.value));
    }
  }

  // ---- Theme ----

  function setUpTheme(button: HTMLElement): void {
    const themes = ["system", "light", "dark"];
    const current = (): string => document.documentElement.dataset.theme ?? "system";
    const show = (): void => {
      button.dataset.docTheme = current();
      button.setAttribute("aria-label", `Theme: ${current()}`);
      button.title = `Theme: ${current()}`;
    };
    button.addEventListener("click", () => {
      const next = themes[(themes.indexOf(current()) + 1) % themes.length];
      if (next === "system") {
        delete document.documentElement.dataset.theme;
      } else {
        document.documentElement.dataset.theme = next;
      }
      try {
        localStorage.setItem("kiln-theme", next);
      } catch {
        // It lasts as long as the page.
      }
      show();
    });
    show();
    button.hidden = false;
  }

  // ---- Table of contents ----

  function setUpContents(nav: HTMLElement): void {
    const links = new Map<Element, HTMLAnchorElement>();
    for (const link of nav.querySelectorAll<HTMLAnchorElement>("a[href^='#']")) {
      const target = targetOf(link.hash);
      if (target !== null && !links.has(target)) {
        links.set(target, link);
      }
    }
    let active: HTMLAnchorElement | undefined;
    const visible = new Set<Element>();
    const observer = new IntersectionObserver((changes) => {
      for (const change of changes) {
        if (change.isIntersecting) {
          visible.add(change.target);
        } else {
          visible.delete(change.target);
        }
      }
      const first = [...links.keys()].find((target) => visible.has(target));
      if (first !== undefined && links.get(first) !== active) {
        active?.removeAttribute("aria-current");
        active = links.get(first);
        active?.setAttribute("aria-current", "location");
      }
    }, { rootMargin: "-60px 0px -55% 0px" });
    for (const target of links.keys()) {
      observer.observe(target);
    }
  }

  /** What a fragment names; nothing where it is malformed. */
  function targetOf(hash: string): HTMLElement | null {
    try {
      return hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
    } catch {
      return null;
    }
  }

  function openTarget(): void {
    const target = targetOf(location.hash);
    const details = target?.querySelector<HTMLDetailsElement>(":scope > details");
    if (details) {
      details.open = true;
    }
  }

  document.querySelectorAll<HTMLElement>("[data-doc-search]").forEach(setUpSearch);
  document.querySelectorAll<HTMLElement>("[data-doc-theme]").forEach(setUpTheme);
  document.querySelectorAll<HTMLElement>(".doc-toc").forEach(setUpContents);
  setUpTools();
  openTarget();
  addEventListener("hashchange", openTarget);
})();
