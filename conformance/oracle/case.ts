/**
 * One observed delivery, read into values: what was set up, and what real software then did.
 * The fields are described in `tests/oracle/README.md`.
 */
import { Fields } from './fields.ts';

export type Issuer = 'lab-ca' | 'self' | 'ta' | 'ta-nochain';

export interface CaseCertificate {
  readonly issuer: Issuer;
  /** Absent: the name of the host that shows it. */
  readonly names?: readonly string[];
  readonly commonNameOnly: boolean;
  readonly expired: boolean;
}

/** Usage, selector, matching type, and whether the data fit what the server shows, or are hex. */
export type CaseTlsa = readonly [number, number, number, string];

export interface CaseMx {
  readonly host: string;
  readonly preference: number;
  readonly starttls: boolean;
  readonly broken: boolean;
  readonly down: boolean;
  readonly implicit: boolean;
  readonly cname?: string;
  readonly tlsaAt?: string;
  readonly certificate: CaseCertificate;
  readonly tlsa: readonly CaseTlsa[];
}

export interface CaseHttps {
  readonly status: number;
  readonly certificate: CaseCertificate;
  /** Empty: none is sent. */
  readonly contentType: string;
}

export interface CasePolicy {
  readonly txt: readonly string[];
  readonly mode?: string;
  readonly mx: readonly string[];
  readonly maxAge?: string;
  /** The body as it is served, in place of the fields. */
  readonly raw?: string;
  /** Absent: there is no policy host. */
  readonly https?: CaseHttps;
}

/** What the domain owner changed after the first delivery; absent parts stayed as they were. */
export interface CaseChange {
  readonly txt?: readonly string[];
  readonly mode?: string;
  readonly mx?: readonly string[];
  readonly maxAge?: string;
  readonly newMx?: string;
  readonly mxCertificate?: CaseCertificate;
  readonly httpsCertificate?: CaseCertificate;
  readonly gone: boolean;
}

export interface CaseForgery {
  readonly name: string;
  readonly type: string;
  readonly action:
    | 'nxdomain'
    | 'nodata'
    | 'servfail'
    | 'drop'
    | 'tlsa-of-mitm'
    | { readonly answer: readonly string[] };
}

export const smtpAttacks = ['strip', 'mitm-self', 'mitm-ca-wrong', 'mitm-rogue-ca'] as const;
export const httpsAttacks = ['refuse', 'self-none', 'rogue-none'] as const;

export interface CaseRun {
  readonly validates: boolean;
  readonly pathAttackable: boolean;
  readonly queueLifetimeOver: boolean;
}

export interface OracleCase {
  readonly id: string;
  readonly sid: string;
  readonly description: string;
  readonly sender: string;
  readonly attempt: number;
  readonly run: CaseRun;
  /** Seconds before the delivery under study at which earlier ones were made; earliest first. */
  readonly earlierSeconds: readonly number[];
  readonly domain: string;
  readonly zoneSigned: boolean;
  readonly bogus: readonly string[];
  readonly signOptions: readonly string[];
  readonly mxHostZone?: 'signed' | 'unsigned';
  readonly mx: readonly CaseMx[];
  readonly policy?: CasePolicy;
  readonly extra: readonly string[];
  readonly change?: CaseChange;
  readonly smtp?: (typeof smtpAttacks)[number];
  readonly https?: (typeof httpsAttacks)[number];
  readonly dns: readonly CaseForgery[];
  readonly stub: readonly CaseForgery[];
  readonly observed: Seen;
}

/** What is compared. */
export interface Seen {
  readonly outcome: string;
  readonly host: string | null;
  readonly readByAttacker: boolean;
}

/** The case, or the fields that nothing here stands for. */
export type ReadCase =
  | { readonly ok: true; readonly value: OracleCase }
  | { readonly ok: false; readonly id: string; readonly notModelled: readonly string[] };

export function readCase(json: unknown): ReadCase {
  const notModelled: string[] = [];
  const fields = new Fields(json, '', notModelled);
  const id = fields.text('id') ?? '(no id)';
  const sid = fields.text('sid') ?? id.split('/')[0] ?? '';
  const description = fields.text('description') ?? '';
  const world = fields.part('world') ?? new Fields(undefined, 'world', notModelled);
  const attacker = fields.part('attacker') ?? new Fields({}, 'attacker', notModelled);
  const observed = fields.part('observed') ?? new Fields(undefined, 'observed', notModelled);
  const policy = policyOf(world.part('sts'));
  const value: OracleCase = {
    id,
    sid,
    description,
    sender: fields.text('sender') ?? '',
    attempt: attemptOf(fields),
    run: runOf(fields),
    earlierSeconds: earlierOf(fields, description, policy),
    domain: world.text('domain') ?? `${sid}.lab`,
    zoneSigned: world.flag('zoneSigned'),
    bogus: world.texts('bogus') ?? [],
    signOptions: world.texts('signOpts') ?? [],
    mx: world.parts('mx').map(mxOf),
    extra: extraOf(world),
    ...attackOf(attacker),
    observed: seenOf(observed),
    ...present('mxHostZone', world.word('mxHostZone', ['signed', 'unsigned'])),
    ...present('policy', policy),
    ...present('change', changeOf(world.part('change'))),
  };
  world.has('warmup');
  world.end();
  attacker.end();
  fields.end();
  return notModelled.length > 0 ? { ok: false, id, notModelled } : { ok: true, value };
}

/** An object with one field, or without it where there is no value. */
const present = <Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [name in Key]?: Value } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [name in Key]?: Value });

function attemptOf(fields: Fields): number {
  const attempt = fields.number('attempt') ?? 1;
  if (!Number.isInteger(attempt) || attempt < 1) fields.unknown('attempt');
  return attempt;
}

/** The ways in which the machine was set up, by the words that tell them. */
const runs: readonly (readonly [RegExp, Partial<CaseRun>])[] = [
  [/^(postfix|exim), /, {}],
  [/validating resolver on the same host/, {}],
  [/resolver does not validate/, { validates: false }],
  [/path to its resolver attackable/, { pathAttackable: true }],
  [/maximal_queue_lifetime=0 \(return to sender at once\)/, { queueLifetimeOver: true }],
];

function runOf(fields: Fields): CaseRun {
  const text = fields.text('run') ?? '';
  let run: CaseRun = { validates: true, pathAttackable: false, queueLifetimeOver: false };
  let rest = text;
  for (const [words, effect] of runs) {
    if (!words.test(rest)) continue;
    rest = rest.replace(words, '');
    run = { ...run, ...effect };
  }
  // "a, b": what remains is the punctuation between what was understood.
  if (/[^\s,;]/.test(rest)) fields.unknown('run');
  return run;
}

/** In the machine deliveries followed each other within seconds; no field says within how many. */
const usualGapSeconds = 6;

/**
 * When the earlier deliveries were made. Times stand in the description alone: "at 3 s …; at 6 s …"
 * counts from the first delivery, the last of them being the one under study; "expired" says that
 * the policy's age was over by then.
 */
function earlierOf(
  fields: Fields,
  description: string,
  policy: CasePolicy | undefined,
): readonly number[] {
  const history = fields.word('history', ['first-contact', 'warm']) ?? 'first-contact';
  if (history === 'first-contact') return [];
  const told = [...description.matchAll(/\b(?:at|after) (\d+) ?s\b/g)].map(([, at]) => Number(at));
  const age = Number(policy?.maxAge);
  const isOver = /\bexpired\b/.test(description) && Number.isFinite(age);
  const now = told.at(-1) ?? Math.max(usualGapSeconds, isOver ? age + 1 : 0);
  return [0, ...told.slice(0, -1)].map((at) => now - at);
}

export const issuers: readonly Issuer[] = ['lab-ca', 'self', 'ta', 'ta-nochain'];

function certificateOf(fields: Fields | undefined): CaseCertificate {
  if (fields === undefined) return { issuer: 'lab-ca', commonNameOnly: false, expired: false };
  const certificate: CaseCertificate = {
    issuer: fields.word('issuer', issuers) ?? 'lab-ca',
    commonNameOnly: fields.has('san') && !fields.flag('san'),
    expired: fields.flag('expired'),
    ...present('names', fields.texts('names')),
  };
  fields.end();
  return certificate;
}

function mxOf(fields: Fields): CaseMx {
  const mx: CaseMx = {
    host: nameIn(fields, 'host') ?? '',
    preference: fields.number('pref') ?? 10,
    starttls: !fields.has('starttls') || fields.flag('starttls'),
    broken: fields.flag('broken'),
    down: fields.flag('down'),
    implicit: fields.flag('implicit'),
    certificate: certificateOf(fields.part('cert')),
    tlsa: (fields.list('tlsa') ?? []).flatMap((each) => tlsaOf(fields, each)),
    ...present('cname', nameIn(fields, 'cname')),
    ...present('tlsaAt', nameIn(fields, 'tlsaAt')),
  };
  fields.end();
  return mx;
}

/** Lower case and without the final dot, as scenarios write names; the root stays a dot. */
export const plainName = (text: string): string => {
  const name = text.toLowerCase();
  return name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name;
};

const nameIn = (fields: Fields, key: string): string | undefined => {
  const text = fields.text(key);
  return text === undefined ? undefined : plainName(text);
};

function tlsaOf(fields: Fields, value: unknown): readonly CaseTlsa[] {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [];
  const [usage, selector, matchingType, data] = parts;
  const areNumbers = [usage, selector, matchingType].every(
    (each) => typeof each === 'number' && Number.isInteger(each) && each >= 0 && each <= 255,
  );
  const isData = typeof data === 'string' && /^(?:match|mismatch|(?:[0-9a-f]{2})+)$/i.test(data);
  if (areNumbers && isData && parts.length === 4)
    return [[usage, selector, matchingType, data] as CaseTlsa];
  fields.unknown('tlsa', value);
  return [];
}

/** Each text is one record; where it is a list, its character-strings. */
function txtOf(fields: Fields): readonly string[] | undefined {
  return fields.list('txt')?.map((each) => {
    if (typeof each === 'string') return each;
    if (Array.isArray(each) && each.every((part) => typeof part === 'string')) return each.join('');
    fields.unknown('txt');
    return '';
  });
}

/** A lifetime is digits in the policy; another text is served as it stands. */
function maxAgeOf(fields: Fields): string | undefined {
  const age = fields.raw('max_age');
  if (age === undefined) return undefined;
  if (typeof age === 'number' || typeof age === 'string') return String(age);
  fields.unknown('max_age');
  return undefined;
}

function policyOf(fields: Fields | undefined): CasePolicy | undefined {
  if (fields === undefined) return undefined;
  const https = fields.part('https');
  const policy: CasePolicy = {
    txt: txtOf(fields) ?? [],
    mx: fields.texts('mx') ?? [],
    ...present('mode', fields.text('mode')),
    ...present('maxAge', maxAgeOf(fields)),
    ...present('raw', fields.text('raw')),
    ...(https === undefined
      ? {}
      : {
          https: {
            status: https.number('status') ?? 200,
            certificate: certificateOf(https.part('cert')),
            contentType: https.text('ctype') ?? '',
          },
        }),
  };
  https?.end();
  fields.end();
  return policy;
}

function changeOf(fields: Fields | undefined): CaseChange | undefined {
  if (fields === undefined) return undefined;
  const certificate = (key: string): CaseCertificate | undefined => {
    const part = fields.part(key);
    return part === undefined ? undefined : certificateOf(part);
  };
  const change: CaseChange = {
    gone: fields.flag('gone'),
    ...present('txt', txtOf(fields)),
    ...present('mode', fields.text('mode')),
    ...present('mx', fields.texts('mx')),
    ...present('maxAge', maxAgeOf(fields)),
    ...present('newMx', nameIn(fields, 'newmx')),
    ...present('mxCertificate', certificate('mxcert')),
    ...present('httpsCertificate', certificate('httpscert')),
  };
  fields.end();
  return change;
}

/** A record as one line of text, or as its parts. */
function extraOf(world: Fields): readonly string[] {
  return (world.list('extra') ?? []).flatMap((each) => {
    if (typeof each === 'string') return [each];
    if (Array.isArray(each)) return [each.join(' ')];
    world.unknown('extra', each);
    return [];
  });
}

function attackOf(fields: Fields): Pick<OracleCase, 'smtp' | 'https' | 'dns' | 'stub'> {
  const attack = {
    dns: forgeriesOf(fields, 'dns'),
    stub: forgeriesOf(fields, 'stubdns'),
    ...present('smtp', fields.word('smtp', smtpAttacks)),
    ...present('https', fields.word('https', httpsAttacks)),
  };
  // A kind is only a title, but it must not announce what no field then says.
  const kind = fields.text('kind') ?? 'none';
  const acts = ['smtp', 'https', 'dns', 'stubdns'].some((key) => fields.has(key));
  if (kind !== 'none' && !acts) fields.unknown('kind');
  return attack;
}

const dnsActions = ['nxdomain', 'nodata', 'servfail', 'drop'] as const;

function forgeriesOf(fields: Fields, key: 'dns' | 'stubdns'): readonly CaseForgery[] {
  return (fields.list(key) ?? []).flatMap((each) => {
    const [name, type, action] = Array.isArray(each) ? (each as readonly unknown[]) : [];
    const read = actionOf(action, key === 'stubdns');
    if (typeof name === 'string' && typeof type === 'string' && read !== undefined)
      return [{ name: plainName(name), type: type.toUpperCase(), action: read }];
    fields.unknown(key, each);
    return [];
  });
}

function actionOf(action: unknown, isStub: boolean): CaseForgery['action'] | undefined {
  if (action === 'tlsa-of-mitm') return isStub ? action : undefined;
  if (!Array.isArray(action)) return dnsActions.find((word) => word === action);
  const [word, data] = action as readonly unknown[];
  if (word !== 'answer' || !Array.isArray(data)) return undefined;
  return data.every((each) => typeof each === 'string') ? { answer: data } : undefined;
}

/** The other observations (log words, replies) are not compared and may be any. */
function seenOf(fields: Fields): Seen {
  return {
    outcome: fields.text('outcome') ?? '',
    host: fields.word('host', ['genuine', 'attacker']) ?? null,
    readByAttacker: fields.flag('readByAttacker'),
  };
}
