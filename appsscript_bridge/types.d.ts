/** The shapes that pass between the sheet, the sidebar and the backend. */

type Language = "zh" | "en";
type View = "run" | "customer" | "undo" | "home" | "settings" | "help";

/** One click: the run it asks for. The key makes a request that is sent twice one run. */
interface Click {
  job: string;
  preview: boolean;
  arguments: Record<string, unknown>;
  key: string;
}

interface Failure {
  code: string;
  text: string;
  /** What the backend or Google said, if anything. */
  detail: string;
  /** Seconds to wait before asking again. */
  wait: number;
  /** Whether it may be over when asked again. */
  passing: boolean;
}

/** What the backend said, or what went wrong. */
type Answer = ({ ok: true } & Record<string, any>) | { ok: false; failure: Failure };

/** Texts of the backend come in both languages. */
type Texts = Record<Language, string>;

interface Change {
  /** `5`, or `East!5` where customers stand in several sheets; '' where no row is meant. */
  row: string;
  name: string;
  column: Texts;
  before: string;
  after: string;
}

/** What is known of one customer, as parts with a title and lines each. */
interface Card {
  name: string;
  row: string;
  parts: { title: Texts; lines: Texts[] }[];
}

interface Result {
  headline: Texts;
  lines: Texts[];
  changes: Change[];
  needs_person: { row: string; name: string; text: Texts }[];
  card?: Card;
}

interface Run {
  run_id: string;
  job: string;
  state: "queued" | "running" | "done" | "partly_done" | "refused" | "failed" | "cancelled";
  preview: boolean;
  created: string;
  requested_by: string;
  progress: { stage: string; stage_text: string; done: number; total: number } | null;
  message: string;
  result: Result | null;
}

/** What the sidebar is told when it opens. */
interface Boot {
  view: View;
  click: Click | null;
  language: Language;
  words: Record<string, string>;
  jobs: Record<string, string>;
  settingsTab: string;
  backend: string;
}
