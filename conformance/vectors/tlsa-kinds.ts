/** The kinds of vectors about TLSA records and certificate chains. */
import { hexToOctets } from '../../src/core/grammar/octets.ts';
import { formatHex } from '../../src/core/dns/octets.ts';
import type { DaneMatch } from '../../src/core/dane/match.ts';
import { decodeTlsa, parseTlsa, type Tlsa } from '../../src/core/dane/tlsa.ts';
import { isUsableTlsa, judgeTlsa, type UnusableReason } from '../../src/core/dane/usable.ts';
import { judgeChain } from '../../src/world/certificates/chain-facts.ts';
import { readPem } from '../../src/world/certificates/pem.ts';
import {
  differences,
  situationsOf,
  text,
  texts,
  type Comparison,
  type Difference,
} from './vector.ts';

/**
 * Reasons are prose in the vectors. One that speaks of another reason of ours by these words, and
 * not of the one that we found, is a difference; prose that speaks of none of them says nothing.
 */
const reasonWords: Readonly<Record<UnusableReason | 'too-short', RegExp>> = {
  'pkix-usage': /pkix/i,
  'unknown-usage': /^(?!.*(?:private|pkix)).*usage/i,
  'private-usage': /private.*usage/i,
  'unknown-selector': /^(?!.*private).*selector/i,
  'private-selector': /private.*selector/i,
  'unknown-matching-type': /^(?!.*private).*match/i,
  'private-matching-type': /private.*match/i,
  'digest-length': /length|empty|no data/i,
  'not-a-certificate': /not a (?:der )?certificate|bad certificate|empty|no data|garbage/i,
  'not-a-key':
    /not a (?:der )?(?:subjectpublickeyinfo|spki|(?:public )?key)|bad public key|empty|no data|garbage/i,
  'key-for-certificate': /(?:spki|key) where a certificate|not a (?:der )?certificate/i,
  'certificate-for-key': /certificate where a|not a (?:der )?(?:subjectpublickeyinfo|spki)/i,
  'too-short': /short/i,
};

function reasonDiffers(expected: unknown, ours: keyof typeof reasonWords): readonly Difference[] {
  if (expected === undefined || reasonWords[ours].test(text(expected))) return [];
  if (!Object.values(reasonWords).some((words) => words.test(text(expected)))) return [];
  return [{ field: 'reason', expected, ours }];
}

export const compareTlsaRecord: Comparison = (vector) => {
  const expect = vector.expect ?? {};
  const isWire = vector['wire'] !== undefined;
  const result = isWire
    ? decodeTlsa(hexToOctets(text(vector['wire'])))
    : parseTlsa(text(vector['presentation']));
  if (!result.ok) {
    const situation = result.problems[0]?.situation;
    const reason = situation === 'too-short' ? reasonDiffers(expect['reason'], situation) : [];
    return {
      differences: [...differences(expect, { parse: 'error' }, ['reason']), ...reason],
      situations: situationsOf('dane', result),
    };
  }
  const { usage, selector, matchingType, association } = result.value;
  const judgement = judgeTlsa(result.value);
  const ours = {
    parse: 'ok',
    usage,
    selector,
    matchingType,
    data: formatHex(association),
    usableForSmtp: judgement.usable,
  };
  const reason = judgement.usable ? [] : reasonDiffers(expect['reason'], judgement.reason);
  return {
    differences: [...differences(expect, ours, ['reason']), ...reason],
    situations: judgement.usable ? [] : [`dane.${judgement.reason}`],
  };
};

/** Other words for the same fault, as tools name it. */
const sameFault: Readonly<Record<string, readonly string[]>> = {
  // OpenSSL calls an issuer that may not issue one of unsuitable purpose.
  'not-a-ca': ['invalid-ca', 'ca', 'not-ca', 'basic-constraints', 'purpose', 'no-match'],
  'critical-extension': ['unhandled-critical-extension', 'critical'],
  purpose: ['eku', 'extended-key-usage', 'key-usage', 'unsupported-purpose'],
  'not-yet-valid': ['not-valid-yet', 'notyet', 'dates', 'validity'],
  signature: ['bad-signature', 'signature-failure', 'no-match'],
};

/** Records by their place in the list. */
const oursOf = (
  tlsa: readonly Tlsa[],
  match: DaneMatch | undefined,
  expect: Readonly<Record<string, unknown>>,
) => {
  if (match === undefined) return { outcome: 'no-usable-records', usable: [] };
  const usable = tlsa.flatMap((record, place) => (isUsableTlsa(record) ? [place] : []));
  const { kind: outcome } = match;
  if (match.kind === 'authenticated')
    return {
      ...{ outcome, usable, matchedDepth: match.depth },
      matchedRecord: tlsa.indexOf(match.record),
    };
  const said = typeof expect['reason'] === 'string' ? expect['reason'] : '';
  const reason = sameFault[match.fault]?.includes(said) ? said : match.fault;
  return { outcome, usable, reason };
};

/** A record that cannot even be read is no usable record; it keeps its place in the list. */
const unreadable: Tlsa = {
  usage: 256,
  selector: 0,
  matchingType: 0,
  association: new Uint8Array(0),
};

export const compareTlsaMatch: Comparison = async (vector, { file }) => {
  const ders = texts(vector['chain']).map((id) => {
    const read = readPem(text(file.certs?.[id]));
    const [der] = read.ok ? read.value.certificates : [];
    if (der === undefined) throw new Error(`certificate ${id} not understood`);
    return der;
  });
  const tlsa = texts(vector['tlsa']).map((line) => {
    const parsed = parseTlsa(line);
    return parsed.ok ? parsed.value : unreadable;
  });
  const nowSeconds = Date.parse(text(vector['time'])) / 1000;
  if (Number.isNaN(nowSeconds)) throw new Error('time not understood');
  const referenceNames = texts(vector['referenceNames']);
  const judged = await judgeChain({ chain: ders, tlsa, referenceNames, nowSeconds });
  if (!judged.ok) throw new Error(`certificate ${judged.problems[0]?.found} not understood`);
  const match = judged.value.kind === 'no-usable-records' ? undefined : judged.value;
  const expect = vector.expect ?? {};
  const unusable = tlsa.flatMap((record) => {
    const judgement = judgeTlsa(record);
    return judgement.usable ? [] : [`dane.${judgement.reason}`];
  });
  const fault = match?.kind === 'not-authenticated' ? [`dane.${match.fault}`] : [];
  const notes = (match?.notes ?? []).map((note) => `dane.${note}`);
  return {
    differences: differences(expect, oursOf(tlsa, match, expect)),
    situations: [...unusable, ...notes, ...fault],
  };
};
