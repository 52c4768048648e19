import { FeiraError } from "feira/workspace";

/** One entry of BigQuery's `errors` or `errorResult`. */
export interface ErrorProto {
  readonly reason?: string;
  readonly message?: string;
  readonly location?: string;
}

/** BigQuery has answered with an error, to a request or as a job's result. */
export class BigQueryFailure extends Error {
  override name = "BigQueryFailure";
  /** The HTTP status; 0 where a job failed, whose request had been answered well. */
  readonly status: number;
  /** The `reason` of Google's table of errors; empty where the answer had none. */
  readonly reason: string;

  constructor(status: number, { reason = "", message }: ErrorProto) {
    super(message || reason || `HTTP status ${status}`);
    this.status = status;
    this.reason = reason;
  }
}

/** The connection was lost, timed out, or its answer was cut off. */
export class ConnectionLost extends Error {
  override name = "ConnectionLost";
}

/**
 * What Google's table of errors says to try again: trouble of the service
 * itself, and too many requests in a short time (a quota is another thing).
 * https://cloud.google.com/bigquery/docs/error-messages
 */
const PASSING = new Set([
  "backendError",
  "internalError",
  "jobBackendError",
  "jobInternalError",
  "jobRateLimitExceeded",
  "rateLimitExceeded",
  "tableUnavailable",
]);

/** Whether the trouble was the service's own, and is likely to be gone soon. */
export function isPassing({ status, reason }: BigQueryFailure): boolean {
  return PASSING.has(reason) || status === 429 || (status >= 500 && status !== 501);
}

/** Whether the same request may succeed later. */
export function mayPass(error: unknown): error is BigQueryFailure | ConnectionLost {
  return error instanceof ConnectionLost || (error instanceof BigQueryFailure && isPassing(error));
}

/** What is thrown after the last attempt: BigQuery's own words, or that it cannot be reached. */
export function exhausted(error: BigQueryFailure | ConnectionLost, attempts: number): Error {
  if (error instanceof BigQueryFailure) return error;
  return new FeiraError(
    "environment",
    `Cannot reach BigQuery: ${withoutPeriod(error.message)}, ${attempts} times, must be reachable`,
    { cause: error },
  );
}

/** The least role that has a permission, and on what it is granted. */
const ROLES: readonly (readonly [permission: RegExp, role: string])[] = [
  [/^bigquery\.jobs\./, "BigQuery Job User (roles/bigquery.jobUser) on the project"],
  [
    /^bigquery\.datasets\.create$/,
    "BigQuery User (roles/bigquery.user) on the project, for a run makes datasets to work on",
  ],
  [/^bigquery\./, "BigQuery Data Editor (roles/bigquery.dataEditor) on the dataset"],
];

interface Known {
  readonly when: (failure: BigQueryFailure) => boolean;
  /** What it must be; the failure's own words go before. */
  readonly must: (failure: BigQueryFailure) => string;
}

/** Failures that a setting or a role of the user's ends. The first that fits counts. */
const KNOWN: readonly Known[] = [
  {
    when: ({ status, reason }) => status === 401 || reason === "authError",
    must: () => "the credentials must be valid: gcloud auth application-default login",
  },
  {
    when: ({ reason }) => reason === "billingNotEnabled",
    must: () => "billing must be on for the project (Google Cloud console, Billing)",
  },
  {
    when: ({ reason, message }) =>
      reason === "accessNotConfigured" || message.includes("SERVICE_DISABLED"),
    must: () => "the API must be on: gcloud services enable bigquery.googleapis.com",
  },
  {
    when: ({ reason }) => reason === "quotaExceeded",
    must: () => "the project's quota must allow it (Google Cloud console, IAM and admin, Quotas)",
  },
  {
    when: ({ reason, message }) =>
      reason === "bytesBilledLimitExceeded" || /limit for bytes billed/.test(message),
    must: () => "the cap must be higher: FEIRA_MAX_BYTES_BILLED",
  },
  {
    when: ({ message }) => /different locations|not found in location/i.test(message),
    must: () =>
      "FEIRA_BIGQUERY_LOCATION must be where the datasets are, for a dataset cannot be moved",
  },
  {
    when: ({ reason, message }) =>
      reason === "notFound" && /project/i.test(message) && !/dataset|table|job/i.test(message),
    must: () => "GOOGLE_CLOUD_PROJECT must be a project that these credentials may use",
  },
  {
    when: ({ status, reason }) => reason === "accessDenied" || (status === 403 && reason === ""),
    must: roleFor,
  },
];

/**
 * The error that tells a user which setting or role ends a failure; undefined
 * where the failure is the statement's or the data's own.
 *
 * @param action what could not be done, for example `load raw_olist.orders`.
 */
export function maybeEnvironmentError(
  action: string,
  failure: BigQueryFailure,
): FeiraError | undefined {
  const known = KNOWN.find(({ when }) => when(failure));
  if (!known) return undefined;
  return new FeiraError(
    "environment",
    `Cannot ${action}: ${withoutPeriod(failure.message)}; ${known.must(failure)}`,
    { cause: failure },
  );
}

/** The error of something that is no statement of the user's. */
export function toBigQueryError(action: string, cause: unknown): Error {
  if (!(cause instanceof BigQueryFailure)) return cause as Error;
  return maybeEnvironmentError(action, cause) ??
    new FeiraError("failed", `Cannot ${action}: ${withoutPeriod(cause.message)}`, { cause });
}

/** What is said where the credentials cannot be had. */
export function credentialsError(cause: unknown): FeiraError {
  const found = cause instanceof Error ? cause.message.split("\n")[0]! : String(cause);
  return new FeiraError(
    "environment",
    `Cannot log in to BigQuery: ${
      withoutPeriod(found)
    }; Application Default Credentials must be there: gcloud auth application-default login, or GOOGLE_APPLICATION_CREDENTIALS naming a key file`,
    { cause },
  );
}

function roleFor({ message }: BigQueryFailure): string {
  const permission = /\bbigquery\.\w+\.\w+/.exec(message)?.[0];
  if (permission === undefined) {
    return "these credentials must have the roles that docs/bigquery.md lists";
  }
  const [, role] = ROLES.find(([pattern]) => pattern.test(permission))!;
  return `these credentials must have ${permission}, as ${role} gives it`;
}

function withoutPeriod(text: string): string {
  return text.trim().replace(/\.+$/, "");
}
