/**
 * A scenario out of somebody else's file: every part has its shape, every certificate that is named
 * exists, and what does not fit is told with its path. After this a simulation cannot stumble.
 */
import { protections } from '../core/sender/sender.ts';
import { profiles } from '../core/sender/profiles.table.ts';
import { byText } from '../core/sts-2016/switches.ts';
import { parseName } from '../core/dns/name.ts';
import type { Parsed } from '../core/parsed.ts';
import type {
  Attacker,
  MailServer,
  Past,
  PastDelivery,
  PolicyHost,
  ResolverChoice,
  Scenario,
  SenderChoice,
  SymbolicCertificate,
  Zone,
} from './scenario.ts';

export type ScenarioCode =
  | 'not-json'
  | 'missing'
  | 'unknown-field'
  | 'not-text'
  | 'not-a-number'
  | 'not-yes-or-no'
  | 'not-a-list'
  | 'not-an-object'
  | 'not-one-of'
  | 'not-a-name'
  | 'not-an-address'
  | 'no-such-certificate'
  | 'too-many';

interface Fault {
  readonly code: ScenarioCode;
  readonly path: string;
}

/** What the parts need to know of the whole. */
interface Reading {
  readonly faults: Fault[];
  /** Of the world that is being read: the present one, or that of the past. */
  readonly certificates: ReadonlySet<string>;
  /** Of both. */
  readonly anyCertificates: ReadonlySet<string>;
}

type Check = (value: unknown, path: string, reading: Reading) => void;
type Optional = Check & { readonly isOptional: true };

/** A check for every field; a field added to the format and forgotten here does not compile. */
type Fields<Part> = { readonly [Field in keyof Part]-?: Check };

const mostItems = 1000;
/** `INET6_ADDRSTRLEN` without its end. */
const addressCharactersMost = 45;
const fault = (reading: Reading, code: ScenarioCode, path: string): void =>
  void reading.faults.push({ code, path: path === '' ? '(root)' : path });

const text: Check = (value, path, reading) => {
  if (typeof value !== 'string') fault(reading, 'not-text', path);
};
const flag: Check = (value, path, reading) => {
  if (typeof value !== 'boolean') fault(reading, 'not-yes-or-no', path);
};
const numberUpTo =
  (most: number, least = 0): Check =>
  (value, path, reading) => {
    if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most)
      fault(reading, 'not-a-number', path);
  };
const seconds = numberUpTo(8_640_000_000_000);
const octet = numberUpTo(255);
const oneOf =
  (values: readonly unknown[]): Check =>
  (value, path, reading) => {
    if (!values.includes(value)) fault(reading, 'not-one-of', `${path} (${values.join(', ')})`);
  };
const name: Check = (value, path, reading) => {
  if (typeof value !== 'string') fault(reading, 'not-text', path);
  else if (!parseName(value).ok || value !== value.toLowerCase())
    fault(reading, 'not-a-name', path);
};
const address: Check = (value, path, reading) => {
  if (
    typeof value !== 'string' ||
    value.length > addressCharactersMost ||
    !/^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]+)$/.test(value)
  )
    fault(reading, 'not-an-address', path);
};
const certificate: Check = (value, path, reading) => {
  if (typeof value !== 'string' || !reading.certificates.has(value))
    fault(reading, 'no-such-certificate', path);
};
const anyCertificate: Check = (value, path, reading) =>
  certificate(value, path, { ...reading, certificates: reading.anyCertificates });
const listOf =
  (check: Check): Check =>
  (value, path, reading) => {
    if (!Array.isArray(value)) fault(reading, 'not-a-list', path);
    else if (value.length > mostItems) fault(reading, 'too-many', path);
    else value.forEach((item, index) => check(item, `${path}[${index}]`, reading));
  };
const optional = (check: Check): Optional =>
  Object.assign(
    (value: unknown, path: string, reading: Reading) => {
      if (value !== undefined) check(value, path, reading);
    },
    { isOptional: true as const },
  );
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const below = (path: string, field: string): string => (path === '' ? field : `${path}.${field}`);

const shape =
  <Part>(fields: Fields<Part>): Check =>
  (value, path, reading) => {
    if (!isObject(value)) return fault(reading, 'not-an-object', path);
    for (const [field, check] of Object.entries<Check>(fields)) {
      if (Object.hasOwn(value, field)) check(value[field], below(path, field), reading);
      else if (!('isOptional' in check)) fault(reading, 'missing', below(path, field));
    }
    for (const field of Object.keys(value))
      if (!Object.hasOwn(fields, field)) fault(reading, 'unknown-field', below(path, field));
  };

const rrType: Check = (value, path, reading) => {
  if (typeof value !== 'string' || !/^[A-Z][A-Z0-9]{0,15}$/.test(value))
    fault(reading, 'not-text', path);
};

const subject: Check = (value, path, reading) => {
  if (value === 'no-certificate') return;
  if (isObject(value) && Object.hasOwn(value, 'hex'))
    return shape<{ hex: string }>({
      hex: (hex, at, deeper) => {
        if (typeof hex !== 'string' || hex.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(hex))
          fault(deeper, 'not-text', at);
      },
    })(value, path, reading);
  shape<{ certificate: string; part: string }>({ certificate, part: oneOf(['leaf', 'anchor']) })(
    value,
    path,
    reading,
  );
};

interface TlsaFields {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  readonly of: unknown;
}
const tlsaFields: Fields<TlsaFields> = {
  usage: octet,
  selector: octet,
  matchingType: octet,
  of: subject,
};
const mxFields = { preference: numberUpTo(65_535), exchange: name };
const owned = { name, ttlSeconds: optional(seconds), type: text };

/** By the type that the record says it has. */
const recordChecks: ReadonlyMap<string, Check> = new Map([
  ['A', shape({ ...owned, address })],
  ['AAAA', shape({ ...owned, address })],
  ['MX', shape({ ...owned, ...mxFields })],
  ['CNAME', shape({ ...owned, target: name })],
  ['TXT', shape({ ...owned, text })],
  ['TLSA', shape({ ...owned, ...tlsaFields })],
]);
const record: Check = (value, path, reading) => {
  const type = isObject(value) ? value['type'] : undefined;
  const check = typeof type === 'string' ? recordChecks.get(type) : undefined;
  if (check) return check(value, path, reading);
  oneOf([...recordChecks.keys()])(type, below(path, 'type'), reading);
};

/** Forged data carry no type: their fields tell. */
const forged: Check = (value, path, reading) => {
  const fields = isObject(value) ? value : {};
  const check = Object.hasOwn(fields, 'address')
    ? shape({ address })
    : Object.hasOwn(fields, 'preference')
      ? shape(mxFields)
      : Object.hasOwn(fields, 'target')
        ? shape({ target: name })
        : Object.hasOwn(fields, 'text')
          ? shape({ text })
          : shape(tlsaFields);
  check(value, path, reading);
};

const zone = shape<Zone>({
  name,
  signed: flag,
  expired: optional(flag),
  bogus: optional(listOf(rrType)),
  failing: optional(listOf(rrType)),
  denial: optional(oneOf(['nsec', 'nsec3'])),
  records: listOf(record),
});

const symbolicCertificate = shape<SymbolicCertificate>({
  issuer: oneOf(['public-ca', 'self', 'own-anchor', 'unknown-ca']),
  anchorSent: optional(flag),
  names: listOf(text),
  commonNameOnly: optional(flag),
  expired: optional(flag),
});

const certificates: Check = (value, path, reading) => {
  if (!isObject(value)) return fault(reading, 'not-an-object', path);
  for (const [id, each] of Object.entries(value))
    symbolicCertificate(each, `${path}.${id}`, reading);
};

const owner = oneOf(['genuine', 'attacker']);

const server = shape<MailServer>({
  address,
  host: name,
  owner,
  starttls: flag,
  certificate: optional(certificate),
  handshakeBroken: optional(flag),
  down: optional(flag),
  refuses: optional(oneOf(['for-now', 'for-good'])),
});

const policyHost = shape<PolicyHost>({
  host: name,
  owner,
  certificate,
  status: numberUpTo(999),
  contentType: text,
  body: text,
  down: optional(flag),
  path: optional(text),
});

const action: Check = (value, path, reading) => {
  if (isObject(value)) return shape({ answer: listOf(forged) })(value, path, reading);
  oneOf(['nxdomain', 'nodata', 'servfail', 'drop', 'tlsa-of-attacker'])(value, path, reading);
};
const dnsAttacks = listOf(shape({ name, type: rrType, action }));

const httpsAttack: Check = (value, path, reading) => {
  if (value === 'refuse') return;
  shape({ certificate: oneOf(['self', 'rogue']), body: text })(value, path, reading);
};

const attacker = shape<Attacker>({
  reads: optional(flag),
  smtp: optional(
    oneOf(['strip', 'mitm-self', 'mitm-ca-wrong', 'mitm-rogue-ca', 'mitm-server-key']),
  ),
  dns: optional(dnsAttacks),
  stub: optional(dnsAttacks),
  https: optional(httpsAttack),
  zoneKeys: optional(listOf(name)),
  // Of the world in which he attacks, which a delivery of the past chooses.
  serverKeys: optional(listOf(anyCertificate)),
});

const switchCheck: Check = (value, path, reading) => {
  if (!isObject(value)) return fault(reading, 'not-an-object', path);
  for (const [field, chosen] of Object.entries(value)) {
    if (!Object.hasOwn(byText, field)) fault(reading, 'unknown-field', below(path, field));
    else if (typeof chosen !== typeof byText[field as keyof typeof byText])
      fault(reading, 'not-one-of', below(path, field));
  }
};

const sender = shape<SenderChoice>({
  protection: oneOf(protections),
  profile: oneOf(Object.keys(profiles)),
  attempt: numberUpTo(1000, 1),
  queueLifetimeOver: flag,
  daneList: optional(listOf(name)),
  policyGraceSeconds: optional(seconds),
  draft2016: optional(switchCheck),
});

const pastParts = shape<Past>({
  deliveries: listOf(
    shape<PastDelivery>({
      secondsBefore: seconds,
      attacker: optional(attacker),
      world: optional(oneOf(['past', 'present'])),
    }),
  ),
  zones: optional(listOf(zone)),
  certificates: optional(certificates),
  servers: optional(listOf(server)),
  policyHosts: optional(listOf(policyHost)),
});

/** A past without certificates of its own has those of the present. */
const past: Check = (value, path, reading) => {
  const isOwn = isObject(value) && Object.hasOwn(value, 'certificates');
  const certificates = isOwn ? new Set(idsOf(value)) : reading.certificates;
  pastParts(value, path, { ...reading, certificates });
};

const scenario = shape<Scenario>({
  format: oneOf([1]),
  clockSeconds: seconds,
  domain: name,
  sender,
  resolver: shape<ResolverChoice>({
    validates: flag,
    path: oneOf(['trusted', 'attackable']),
  }),
  zones: listOf(zone),
  certificates,
  servers: listOf(server),
  policyHosts: listOf(policyHost),
  attacker,
  past: optional(past),
});

/** Ids that something may refer to: of the world, and of its past. */
const idsOf = (json: unknown): readonly string[] =>
  isObject(json) && isObject(json['certificates']) ? Object.keys(json['certificates']) : [];

/**
 * Reads a scenario as JSON, by itself or as an entry of the published corpus.
 * Errors: the code, and in `found` the path of the part that does not fit (`servers[0].address`).
 */
export function parseScenario(source: string): Parsed<Scenario, ScenarioCode> {
  const at = { start: 0, end: source.length };
  let json: unknown;
  try {
    json = JSON.parse(source.replace(/^\ufeff/, ''));
  } catch {
    return { ok: false, problems: [{ code: 'not-json', at }] };
  }
  // An entry of the published corpus has its scenario as `world`, and more beside it.
  if (isObject(json) && !Object.hasOwn(json, 'format') && isObject(json['world']))
    json = json['world'];
  const pastIds = isObject(json) ? idsOf(json['past']) : [];
  const ids = idsOf(json);
  const reading: Reading = {
    faults: [],
    certificates: new Set(ids),
    anyCertificates: new Set([...ids, ...pastIds]),
  };
  scenario(json, '', reading);
  if (reading.faults.length === 0) return { ok: true, value: json as Scenario, warnings: [] };
  return {
    ok: false,
    problems: reading.faults.map(({ code, path }) => ({ code, at, found: path })),
  };
}
