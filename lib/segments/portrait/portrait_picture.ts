import { DISTINCT, type KindShare } from "./compare_shares.ts";
import type { Spread } from "./describe_spread.ts";
import type { Portrait } from "./portray_segments.ts";
import { spreadToShow } from "./side_by_side.ts";
import { favourites } from "./_favourites.ts";
import { kindName, number, phrase } from "./_words.ts";

/** A portrait as `portraitFigure` of `feira/plots` draws it, but for the colour. */
export interface PortraitPicture {
  readonly name: string;
  /** The finding, for the figure's title. */
  readonly title: string;
  readonly spreads: readonly {
    readonly label: string;
    readonly unit: string;
    readonly log: boolean;
    readonly own: Spread;
    readonly others: Spread;
  }[];
  readonly lists: readonly {
    readonly label: string;
    readonly shares: readonly (KindShare & { readonly isDistinct: boolean })[];
  }[];
}

/** Kinds in a list: more would be a table. */
const SHOWN = 5;

/**
 * Takes from a portrait what its figure shows: every feature's spread, and of
 * categories, states and ways to pay what is clearly more frequent than
 * elsewhere, then what is frequent anyway.
 */
export function portraitPicture(portrait: Portrait): PortraitPicture {
  const { segment, features, behaviour } = portrait;
  const lists = [
    { label: "Bought", shares: shown(behaviour.categories) },
    { label: "Live in", shares: shown(behaviour.states) },
    { label: "Paid by", shares: shown(behaviour.payments) },
  ];
  return {
    name: segment.name,
    title: titleOf(features, segment.customers),
    spreads: features.map((feature) => ({
      label: feature.label,
      unit: feature.unit,
      log: feature.isHeavyTailed,
      own: spreadToShow(feature, portrait),
      others: feature.others,
    })),
    lists: lists.filter(({ shares }) => shares.length > 0),
  };
}

function shown(kinds: readonly KindShare[]): PortraitPicture["lists"][number]["shares"] {
  const first = favourites(kinds);
  const rest = kinds.filter((kind) =>
    !first.includes(kind) && kind.customers >= DISTINCT.leastCustomers
  );
  return [...first, ...rest].slice(0, SHOWN).map((kind) => ({
    ...kind,
    name: kindName(kind.name),
    isDistinct: kind.verdict !== "similar",
  }));
}

/** The median that differs most by ranks. */
function titleOf(features: Portrait["features"], customers: number): string {
  const [most] = features.filter(({ own, others }) =>
    own.median !== others.median && own.count * 2 >= customers && others.count > 0
  ).toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
  if (most === undefined) return "Medians as all others'";
  const said = phrase(most.phrase, most.own.median);
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}; all others: ${
    number(most.others.median)
  }`;
}
