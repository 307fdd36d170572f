// The editor of an example: CodeMirror, looking like the code block that it replaces.
// It lives in a shadow root, where CodeMirror's styles are constructed: the policy of
// the page allows no <style>. The site's custom properties reach into it.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
} from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { SQLite } from "@codemirror/lang-sql";
import {
  HighlightStyle,
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
  syntaxTree,
} from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, keymap } from "@codemirror/view";
import { Tag, styleTags, tags } from "@lezer/highlight";

const HINT = "Ctrl+Enter runs, Tab indents, Escape leaves.";
const HEADER = 60; // pixels at the top that the page's header covers

// The colours of the site's code blocks, where Pygments and `lean.py` choose them.
const replaced = Tag.define();
const python = pythonLanguage.configure({
  props: [
    styleTags({
      'FormatReplacement/"{" FormatReplacement/"}" FormatSpec/":"': replaced,
      "FormatConversion FormatSpec FormatSelfDoc": replaced,
      "At async del": tags.keyword,
      '"*" "**"': tags.operator,
    }),
  ],
});
const languageOf = (file) => (file.endsWith(".sql") ? SQLite.language : python);
const colours = HighlightStyle.define(
  [
    [tags.keyword, "keyword"],
    [[tags.null, tags.self, tags.operatorKeyword], "name"],
    [[tags.string, replaced], "string"],
    [tags.escape, "special"],
    [tags.number, "number"],
    [tags.comment, "comment"],
  ].map(([tag, name]) => ({ tag, color: `var(--md-code-hl-${name}-color)` })),
);

const EXCEPTIONS = new Set(
  `
    ArithmeticError AssertionError AttributeError BaseException BlockingIOError
    BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError
    ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning
    EOFError EncodingWarning EnvironmentError Exception FileExistsError
    FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError
    ImportError ImportWarning IndentationError IndexError InterruptedError
    IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError
    ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError
    OverflowError PendingDeprecationWarning PermissionError ProcessLookupError
    RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning
    StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit
    TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError
    UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning
    VMSError ValueError Warning WindowsError ZeroDivisionError
  `.split(/\s+/),
);

// What Pygments knows by where it stands: some names, and docstrings. Lezer's own
// rules with a context fail in a long body (@lezer/common 1.5).
const placed = ViewPlugin.define(
  (view) => ({
    marks: marksOfPlaced(view),
    update({ docChanged, startState, state, view, viewportChanged }) {
      const parsed = syntaxTree(startState) !== syntaxTree(state);
      if (docChanged || viewportChanged || parsed) this.marks = marksOfPlaced(view);
    },
  }),
  { decorations: ({ marks }) => marks },
);

function marksOfPlaced({ state, viewport }) {
  const marks = [];
  const enter = ({ name, from, to, node }) => {
    let kind = null;
    if (name === "String") kind = kindOfString(node.parent);
    if (name === "VariableName") {
      kind = kindOfName(state.sliceDoc(from, to), node.parent.name, node.prevSibling);
    }
    if (kind) marks.push(Decoration.mark({ class: kind }).range(from, to));
  };
  syntaxTree(state).iterate({ ...viewport, enter });
  return Decoration.set(marks);
}

function kindOfString({ name, parent }) {
  const alone = name === "ExpressionStatement" && ["Body", "Script"].includes(parent.name);
  return alone ? "docstring" : null;
}

function kindOfName(text, parent, before) {
  if (EXCEPTIONS.has(text)) return "function";
  if (before?.name === "At") return "keyword";
  const defined = ["ClassDefinition", "FunctionDefinition"].includes(parent);
  return defined && !/^__\w+__$/.test(text) ? "function" : null;
}

const look = EditorView.theme({
  "&": { background: "var(--code)", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  "&.cm-focused .cm-scroller": {
    outline: "3px solid var(--link-lit)",
    outlineOffset: "-3px",
  },
  ".cm-scroller": {
    fontFamily: "var(--md-code-font-family)",
    fontSize: "0.65rem",
    fontVariantLigatures: "none",
    lineHeight: "1.5",
    scrollbarColor: "var(--edge) transparent",
    scrollbarWidth: "thin",
  },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.6rem 0" },
  ".cm-line": { padding: "0 0.7rem" },
  ".cm-line.marked": {
    background: "linear-gradient(to right, var(--alarm) 4px, var(--alarm-paper) 4px)",
  },
  ".docstring, .docstring *": { color: "var(--md-code-hl-comment-color)" },
  ".function": { color: "var(--md-code-hl-function-color)" },
  ".keyword": { color: "var(--md-code-hl-keyword-color)" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--lit)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "var(--alarm-paper)" },
});

const setMark = StateEffect.define();
const marked = StateField.define({
  create: () => Decoration.none,
  update: (marks, { changes, effects }) =>
    effects
      .filter((effect) => effect.is(setMark))
      .reduce((_, { value }) => Decoration.set(value), marks.map(changes)),
  provide: (field) => EditorView.decorations.from(field),
});

// Shows an editor of a file in the element `place`, at least `tall` pixels high. The text of a
// file ends in a line end, which is not shown as one more line.
// `changed(text)` follows each change, `run()` Ctrl-Enter and Cmd-Enter; `leave()`
// follows Escape, and may give the focus to something else.
// What is typed over a selection is put there by us: Chromium would write an inline
// style beside it, which the policy refuses.
const typingOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== "insertText" || !event.data || empty) return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(event.data), {
        userEvent: "input.type",
        scrollIntoView: true,
      });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, event.data, insert))) {
      view.dispatch(insert());
    }
    event.preventDefault();
    return true;
  },
});

export function edit(place, { file, text, tall = 0, changed, run, leave }) {
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const hint = document.createElement("p");
  Object.assign(hint, { id: "hint", textContent: HINT });
  hint.style.cssText =
    "color: var(--ink-quiet); font-size: 0.62rem; margin: 0; padding: 0 0.7rem 0.3rem";
  place.append(host);

  const shown = (text) => text.replace(/\n$/, "");
  const written = (state) => `${state.doc}\n`;
  const ran = () => (run(), true);
  const left = (view) => (view.contentDOM.blur(), leave(), true);
  const describing = { "aria-label": `Edit ${file}`, "aria-describedby": "hint" };
  const view = new EditorView({
    parent: root,
    root,
    doc: shown(text),
    extensions: [
      languageOf(file),
      look,
      marked,
      history(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      syntaxHighlighting(colours),
      placed,
      EditorView.scrollMargins.of(() => ({ top: HEADER })),
      EditorView.contentAttributes.of(describing),
      typingOver,
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) changed(written(state));
      }),
      keymap.of([
        { key: "Ctrl-Enter", run: ran },
        { key: "Cmd-Enter", run: ran },
        { key: "Escape", run: left },
        indentWithTab,
        ...closeBracketsKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
    ],
  });
  view.dom.style.minHeight = `${tall}px`;
  root.append(hint);

  return {
    text: () => written(view.state),
    // One change, which can be undone by itself.
    replace(text) {
      const changes = { from: 0, to: view.state.doc.length, insert: shown(text) };
      view.dispatch({ changes, annotations: isolateHistory.of("full") });
    },
    focus: () => view.focus(),
    // Marks the line and brings it into view; without one, or beyond the text, none.
    mark(line) {
      const { doc } = view.state;
      if (!line || line > doc.lines) return view.dispatch({ effects: setMark.of([]) });
      const { from } = doc.line(line);
      const mark = Decoration.line({ class: "marked" }).range(from);
      view.dispatch({ effects: [setMark.of([mark]), EditorView.scrollIntoView(from)] });
    },
    close() {
      view.destroy();
      host.remove();
    },
  };
}
