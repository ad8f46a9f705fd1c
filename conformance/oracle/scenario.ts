/** From an observed case to a scenario of the simulated world, with the profile that matches. */
import type { Protection, ProfileId } from '../../src/core/sender/sender.ts';
import type {
  Attacker,
  DnsAttack,
  ForgedData,
  MailServer,
  Past,
  PolicyHost,
  Scenario,
  SenderChoice,
  SymbolicCertificate,
  Zone,
  ZoneRecord,
} from '../../src/world/simulated/scenario.ts';
import {
  earlierSeconds,
  type CaseCertificate,
  type CaseForgery,
  type CaseMx,
  type CaseTlsa,
  type OracleCase,
} from './case.ts';
import { labCertificates, labClockSeconds, labServers, labZones } from './lab.table.ts';
import { extraRecordOf, octetText, rdataOf, typeOf } from './records.ts';
import { signingOf, type Signing } from './signing.ts';

export type Converted =
  | { readonly ok: true; readonly value: Scenario }
  | { readonly ok: false; readonly notModelled: readonly string[] };

const ofPostfix = 'postfix-3.7' as const;
const ofDaemon = 'postfix-policy-daemon-1.1' as const;

const senders: Readonly<Record<string, readonly [Protection, ProfileId]>> = {
  may: ['opportunistic', ofPostfix],
  encrypt: ['encrypt', ofPostfix],
  secure: ['secure', ofPostfix],
  dane: ['dane', ofPostfix],
  'dane-only': ['dane-only', ofPostfix],
  sts: ['mta-sts', ofDaemon],
  'dane+sts': ['dane-and-mta-sts', ofDaemon],
  'danelist+sts': ['dane-and-mta-sts', 'dane-list'],
  'exim-may': ['opportunistic', 'exim-4.96'],
  'exim-dane': ['dane', 'exim-4.96'],
  'exim-dane-only': ['dane-only', 'exim-4.96'],
};

interface Built {
  readonly zones: readonly Zone[];
  readonly servers: readonly MailServer[];
  readonly policyHosts: readonly PolicyHost[];
}

/** One conversion: gathers what it cannot express, and every certificate it meets. */
class Conversion {
  readonly notModelled: string[] = [];
  readonly certificates: Record<string, SymbolicCertificate> = { ...labCertificates };
  readonly case: OracleCase;
  readonly zone: string;
  readonly hostZone: string;
  readonly #signing: Signing;

  constructor(observed: OracleCase) {
    this.case = observed;
    this.zone = `${observed.sid}.lab`;
    this.hostZone = `${observed.sid}-h.lab`;
    this.#signing = signingOf(observed.world.signOpts, labClockSeconds, this.notModelled);
  }

  scenario(): Scenario {
    const { run, attempt, domain, world } = this.case;
    const earlier = earlierSeconds(this.case);
    const before = this.#world(false);
    const now = world.change === undefined ? before : this.#world(true);
    const past: Past = {
      ...before,
      deliveries: earlier.map((secondsBefore) => ({ secondsBefore })),
    };
    const sender = this.#sender();
    return {
      format: 1,
      clockSeconds: labClockSeconds,
      domain: domain.toLowerCase(),
      sender: { ...sender, attempt, queueLifetimeOver: run.queueLifetimeOver },
      resolver: { validates: run.validates, path: run.pathAttackable ? 'attackable' : 'trusted' },
      ...now,
      attacker: this.#attacker(now),
      certificates: this.certificates,
      ...(earlier.length > 0 ? { past } : {}),
    };
  }

  /** `-grace60`: the daemon's own time within which it does not look again. */
  #sender(): Pick<SenderChoice, 'protection' | 'profile' | 'daneList' | 'policyGraceSeconds'> {
    const [, name = '', grace] = /^(.*?)(?:-grace(\d+))?$/.exec(this.case.sender) ?? [];
    const known = Object.hasOwn(senders, name) ? senders[name] : undefined;
    if (known === undefined || (grace !== undefined && !name.endsWith('sts')))
      this.notModelled.push(`sender="${this.case.sender}"`);
    const [protection, profile] = known ?? ['opportunistic', 'strict'];
    // By hand one lists the domains of which one knows that they have DANE.
    const { domain, world } = this.case;
    const isListed = world.zoneSigned && world.mx.some(({ tlsa }) => tlsa.length > 0);
    return {
      protection,
      profile,
      ...(profile === 'dane-list' ? { daneList: isListed ? [domain] : [] } : {}),
      ...(grace === undefined ? {} : { policyGraceSeconds: Number(grace) }),
    };
  }

  #world(changed: boolean): Built {
    const { mx, change, mxHostZone, zoneSigned } = this.case.world;
    const moved = changed ? change?.newmx : undefined;
    const hosts = mx.map((each, index) => this.#server(each, index, changed));
    const first = mx[0];
    const newHost =
      moved === undefined || first === undefined
        ? []
        : [this.#newServer(moved, { ...first.cert, names: [moved] }, mx.length)];
    const records = this.#mailRecords(moved);
    records.push(...this.#policyRecords(changed), ...this.#extraRecords());
    const isOfHostZone = ({ name }: ZoneRecord): boolean =>
      mxHostZone !== undefined && (name === this.hostZone || name.endsWith(`.${this.hostZone}`));
    const { faults, bogus } = this.#faults();
    const zones: Zone[] = [
      ...labZones,
      {
        name: this.zone,
        signed: zoneSigned,
        ...faults,
        ...bogus,
        records: records.filter((record) => !isOfHostZone(record)),
      },
    ];
    if (mxHostZone !== undefined)
      zones.push({
        name: this.hostZone,
        signed: mxHostZone === 'signed',
        ...bogus,
        records: records.filter(isOfHostZone),
      });
    return {
      zones,
      servers: [...labServers, ...this.#strangers(), ...hosts, ...newHost],
      policyHosts: this.#policyHosts(changed),
    };
  }

  #faults() {
    const { bogus } = this.case.world;
    const types = bogus.flatMap((text) => {
      const type = typeOf(text);
      if (type === undefined) this.notModelled.push(`world.bogus="${text}"`);
      return type ?? [];
    });
    const { expired, denial } = this.#signing;
    return {
      faults: { ...(expired ? { expired } : {}), ...(denial ? { denial } : {}) },
      bogus: types.length > 0 ? { bogus: types } : {},
    };
  }

  /** The k-th mail server of the case, at the k-th address. */
  #addressOf(index: number): string {
    return `127.10.0.${index + 1}`;
  }

  #certificate(id: string, host: string, certificate: CaseCertificate): string {
    const { issuer, names = [host], san, expired } = certificate;
    const kinds = {
      'lab-ca': { issuer: 'public-ca' },
      self: { issuer: 'self' },
      ta: { issuer: 'own-anchor', anchorSent: true },
      'ta-nochain': { issuer: 'own-anchor', anchorSent: false },
    } as const;
    this.certificates[id] = {
      ...kinds[issuer],
      names,
      ...(san ? {} : { commonNameOnly: true }),
      ...(expired ? { expired } : {}),
    };
    return id;
  }

  #server(mx: CaseMx, index: number, changed: boolean): MailServer {
    const { host, starttls, broken, down } = mx;
    const own = this.#certificate(`mx ${index + 1}`, host, mx.cert);
    const other = changed ? this.case.world.change?.mxcert : undefined;
    const certificate =
      other === undefined ? own : this.#certificate(`mx ${index + 1}, changed`, host, other);
    return {
      address: this.#addressOf(index),
      host,
      owner: 'genuine',
      starttls,
      certificate,
      ...(broken ? { handshakeBroken: true } : {}),
      ...(down ? { down: true } : {}),
    };
  }

  /**
   * Servers of the attacker at addresses of his that the table does not have: where the case's own
   * description says which certificate is shown there. Else they stay unknown.
   */
  #strangers(): readonly MailServer[] {
    const { description, attacker } = this.case;
    const kinds: readonly (readonly [RegExp, (host: string) => SymbolicCertificate])[] = [
      [/self-signed/, () => ({ issuer: 'self', names: ['mail.attacker.example'] })],
      [/wrong name/, () => ({ issuer: 'public-ca', names: ['mail.attacker.example'] })],
      [/rogue|right name/, (host) => ({ issuer: 'public-ca', names: [host] })],
    ];
    const kind = kinds.find(([words]) => words.test(description));
    if (kind === undefined) return [];
    const { dns = [], stubdns = [] } = attacker;
    return [...dns, ...stubdns].flatMap(([name, type, action]) => {
      if (type !== 'A' || typeof action === 'string') return [];
      return action[1]
        .filter((address) => /^127\.66\./.test(address))
        .filter((address) => !labServers.some((known) => known.address === address))
        .map((address): MailServer => {
          const certificate = `attacker: ${address}`;
          this.certificates[certificate] = kind[1](name);
          return { address, host: name, owner: 'attacker', starttls: true, certificate };
        });
    });
  }

  #newServer(host: string, certificate: CaseCertificate, index: number): MailServer {
    const shown = this.case.world.change?.mxcert ?? certificate;
    return {
      address: this.#addressOf(index),
      host,
      owner: 'genuine',
      starttls: true,
      certificate: this.#certificate('new mx', host, shown),
    };
  }

  #mailRecords(moved: string | undefined): ZoneRecord[] {
    const { mx, mxHostZone } = this.case.world;
    const records = new Map<string, ZoneRecord>();
    const add = (record: ZoneRecord) => records.set(JSON.stringify(record), record);
    const { zone } = this;
    if (moved !== undefined) {
      add({ name: zone, type: 'MX', preference: 10, exchange: moved });
      add({ name: moved, type: 'A', address: this.#addressOf(mx.length) });
    }
    for (const [index, { host, pref, implicit, cname, tlsaAt, tlsa }] of mx.entries()) {
      if (!implicit && moved === undefined)
        add({ name: zone, type: 'MX', preference: pref, exchange: host });
      if (host === '.') continue;
      const isHere = [host, cname ?? host].every(
        (name) =>
          name === zone ||
          name.endsWith(`.${zone}`) ||
          (mxHostZone !== undefined && name.endsWith(`.${this.hostZone}`)),
      );
      if (!isHere) this.notModelled.push(`world.mx[${index}].host="${host}"`);
      if (cname !== undefined) add({ name: host, type: 'CNAME', target: cname });
      add({ name: cname ?? host, type: 'A', address: this.#addressOf(index) });
      for (const each of tlsa)
        add(tlsaRecord(`_25._tcp.${tlsaAt ?? host}`, each, `mx ${index + 1}`));
    }
    return [...records.values()];
  }

  #policyRecords(changed: boolean): readonly ZoneRecord[] {
    const { sts: policy, change } = this.case.world;
    const txt = (changed ? change?.txt : undefined) ?? policy?.txt ?? [];
    const records: ZoneRecord[] = txt.map((text) => ({
      name: `_mta-sts.${this.zone}`,
      type: 'TXT',
      text: octetText(text),
    }));
    if (policy?.https !== undefined)
      records.push({ name: `mta-sts.${this.zone}`, type: 'A', address: '127.20.0.1' });
    return records;
  }

  /** An address of the machine's receiving side means the mail server with that number. */
  #extraRecords(): readonly ZoneRecord[] {
    return this.case.world.extra.flatMap((line) => {
      const extra = extraRecordOf(line, { zone: this.zone, host: this.hostZone });
      if (
        extra === undefined ||
        (extra.zone === 'host' && this.case.world.mxHostZone === undefined)
      ) {
        this.notModelled.push(`world.extra="${line}"`);
        return [];
      }
      const { record } = extra;
      if (record.type !== 'A') return [record];
      const [, index] = /^127\.10\.\d+\.(\d+)$/.exec(record.address) ?? [];
      return [index === undefined ? record : { ...record, address: `127.10.0.${index}` }];
    });
  }

  #policyHosts(changed: boolean): readonly PolicyHost[] {
    const { sts: policy, change } = this.case.world;
    if (policy?.https === undefined) return [];
    const { status, cert, ctype } = policy.https;
    const host = `mta-sts.${this.zone}`;
    const other = changed ? change?.httpscert : undefined;
    return [
      {
        host,
        owner: 'genuine',
        certificate:
          other === undefined
            ? this.#certificate('policy host', host, cert)
            : this.#certificate('policy host, changed', host, other),
        status,
        contentType: ctype,
        body: this.#body(changed),
        ...(changed && change?.gone === true ? { down: true } : {}),
      },
    ];
  }

  #body(changed: boolean): string {
    const { sts: policy, change } = this.case.world;
    const renewed =
      changed && (change?.mode ?? change?.mx ?? change?.max_age) !== undefined ? change : undefined;
    if (policy?.raw !== undefined && renewed === undefined) return policy.raw;
    const mode = renewed?.mode ?? policy?.mode;
    const maxAge = renewed?.max_age ?? policy?.max_age;
    const lines = [
      'version: STSv1',
      ...(mode === undefined ? [] : [`mode: ${mode}`]),
      ...(renewed?.mx ?? policy?.mx ?? []).map((pattern) => `mx: ${pattern}`),
      ...(maxAge === undefined ? [] : [`max_age: ${maxAge}`]),
    ];
    return lines.map((line) => `${line}\r\n`).join('');
  }

  #attacker({ servers }: Built): Attacker {
    const { smtp, https, dns = [], stubdns = [] } = this.case.attacker;
    const forge = (each: CaseForgery) => this.#forgery(each, servers);
    const body = 'version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n';
    return {
      ...(smtp === undefined ? {} : { smtp }),
      ...(dns.length > 0 ? { dns: dns.flatMap(forge) } : {}),
      ...(stubdns.length > 0 ? { stub: stubdns.flatMap(forge) } : {}),
      ...(https === undefined
        ? {}
        : {
            https:
              https === 'refuse'
                ? https
                : { certificate: https === 'self-none' ? 'self' : 'rogue', body },
          }),
    };
  }

  #forgery(forgery: CaseForgery, servers: readonly MailServer[]): readonly DnsAttack[] {
    const [name, typeText, action] = forgery;
    const type = typeOf(typeText);
    const told = `${name} ${typeText} ${JSON.stringify(action)}`;
    if (type === undefined) {
      this.notModelled.push(`attacker.dns="${told}"`);
      return [];
    }
    if (action === 'tlsa-of-mitm') return [{ name, type, action: 'tlsa-of-attacker' }];
    if (typeof action === 'string') return [{ name, type, action }];
    const data = action[1].map((rdata) => rdataOf(type, rdata));
    const isKnown = (each: ForgedData | undefined): each is ForgedData =>
      each !== undefined &&
      // Mail that is sent to an address must find somebody there of whom something is known.
      (!('address' in each) ||
        type !== 'A' ||
        name.startsWith('mta-sts.') ||
        servers.some(({ address }) => address === each.address));
    if (data.every(isKnown)) return [{ name, type, action: { answer: data } }];
    this.notModelled.push(`attacker.dns="${told}"`);
    return [];
  }
}

function tlsaRecord(name: string, tlsa: CaseTlsa, certificate: string): ZoneRecord {
  const [usage, selector, matchingType, data] = tlsa;
  const part = usage === 0 || usage === 2 ? 'anchor' : 'leaf';
  const of =
    data === 'match'
      ? ({ certificate, part } as const)
      : data === 'mismatch'
        ? 'no-certificate'
        : { hex: data.toLowerCase() };
  return { name, type: 'TLSA', usage, selector, matchingType, of };
}

export function scenarioOf(observed: OracleCase): Converted {
  const conversion = new Conversion(observed);
  const value = conversion.scenario();
  const { notModelled } = conversion;
  return notModelled.length > 0 ? { ok: false, notModelled } : { ok: true, value };
}
