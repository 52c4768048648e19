import { toWords } from "./_asked.ts";
import type { HistoryEntry } from "./_history.ts";
import { layOut, type TextColumn } from "./_text_table.ts";

const COLUMNS: readonly TextColumn[] = [
  { title: "started, UTC" },
  { title: "end" },
  { title: "took", align: "right" },
  { title: "ran", align: "right" },
  { title: "fresh", align: "right" },
  { title: "gate" },
  { title: "asked for; ended with" },
];

/** A project's last runs for people, a line or more each, at most 100 characters wide. */
export function toHistoryText(history: readonly HistoryEntry[]): string[] {
  if (history.length === 0) return ["no run is remembered"];
  const rows = history.map((entry) => {
    const count = (state: string) =>
      entry.notebooks.filter((notebook) => notebook.state === state).length;
    const error = entry.error?.split("\n")[0];
    return [
      entry.started.replace("T", " ").replace("Z", ""),
      entry.end,
      `${entry.seconds.toFixed(1)} s`,
      String(count("ran")),
      String(count("fresh")),
      entry.model?.forced ? "forced" : entry.model?.gate ?? "",
      [toWords(entry.asked), error].filter((part) => part).join("; "),
    ];
  });
  return layOut(COLUMNS, rows, { width: 100 }).flat();
}
