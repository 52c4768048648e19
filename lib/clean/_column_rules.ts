import pl, { type Expr } from "nodejs-polars";
import type { ColumnContract, ColumnType } from "feira/olist";

/** A repair of a value's form that loses nothing. */
export interface Repair {
  /** Its name in the account. */
  readonly rule: string;
  /** Which values need it. */
  readonly pattern: string;
  readonly apply: (text: Expr) => Expr;
}

/** How one type of column is read from text. */
export interface ColumnRule {
  readonly repair?: Repair;
  /** What a value must look like; values may still be impossible (2018-02-30). */
  readonly form?: string;
  /** The typed value, null where the text has none. */
  readonly toTyped: (text: Expr) => Expr;
  /** What becomes of a row whose value has the wrong form. */
  readonly wrongForm: "stop" | "reject";
  /** What becomes of a row whose value is outside the contract's range. */
  readonly outOfRange: "stop" | "reject";
  /** What a value must be, for a person. */
  readonly must: (column: ColumnContract) => string;
}

const MOMENT = pl.Datetime("ms");

/** Money as the warehouse has it: exact, DECIMAL(18, 2). */
const MONEY = pl.Decimal(18, 2);

const STOP = { wrongForm: "stop", outOfRange: "stop" } as const;

/**
 * What a row says (dates, numbers, closed choices) stops the run when it cannot
 * be: then the file is not the file that the contract describes. What a row is
 * about (ids, zip prefixes, coordinates) rejects that row alone.
 */
export const COLUMN_RULES: Readonly<Record<ColumnType, ColumnRule>> = {
  id: {
    repair: { rule: "id.case", pattern: "[A-F]", apply: (text) => text.str.toLowerCase() },
    form: "^[0-9a-f]{32}$",
    toTyped: (text) => text,
    wrongForm: "reject",
    outOfRange: "stop",
    must: () => "32 hexadecimal digits",
  },
  zip: {
    repair: {
      rule: "zip.padded",
      pattern: "^[0-9]{1,4}$",
      apply: (text) => text.str.zFill(5),
    },
    form: "^[0-9]{5}$",
    toTyped: (text) => text,
    wrongForm: "reject",
    outOfRange: "stop",
    must: () => "five digits",
  },
  text: { ...STOP, toTyped: (text) => text, must: mustBeChoice },
  integer: {
    ...STOP,
    repair: {
      rule: "integer.point_zero",
      pattern: "^[+-]?[0-9]+\\.0+$",
      apply: (text) => text.str.replace("\\.0+$", ""),
    },
    form: "^[+-]?[0-9]+$",
    toTyped: (text) => text.cast(pl.Int64),
    must: (column) => `an integer${mustBeIn(column)}`,
  },
  decimal: {
    ...STOP,
    form: "^-?[0-9]{1,12}(\\.[0-9]{1,2}0*)?$",
    toTyped: (text) => text.cast(MONEY),
    must: (column) => `an amount${mustBeIn(column)} with at most two decimals`,
  },
  float: {
    form: "^[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$",
    toTyped: toFloat,
    wrongForm: "stop",
    outOfRange: "reject",
    must: (column) => `a number${mustBeIn(column)}`,
  },
  timestamp: {
    ...STOP,
    // strptime alone would take 2018-1-3 and second 60.
    form: "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-5][0-9]$",
    toTyped: (text) => text.str.strptime(MOMENT, "%Y-%m-%d %H:%M:%S").cast(MOMENT),
    must: () => "a date and time like 2018-01-31 13:05:00",
  },
};

/** -0 and 0 are equal but not the same bytes: only 0 stays (polars optimises `x + 0` away). */
function toFloat(text: Expr): Expr {
  const number = text.cast(pl.Float64);
  return pl.when(number.eq(0)).then(pl.lit(0)).otherwise(number);
}

function mustBeChoice({ values }: ColumnContract): string {
  return values ? `one of ${values.join(", ")}` : "text";
}

function mustBeIn({ range }: ColumnContract): string {
  return range ? ` from ${range[0]} to ${range[1]}` : "";
}
