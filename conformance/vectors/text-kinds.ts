/** The kinds of vectors about TXT records, policy files and MX patterns. */
import { matchMx } from '../../src/core/mta-sts/match.ts';
import { parseStsPolicy } from '../../src/core/mta-sts/policy.ts';
import { parseStsRecord } from '../../src/core/mta-sts/record.ts';
import { parseSts2016Record } from '../../src/core/sts-2016/record.ts';
import { parseTlsRptRecord } from '../../src/core/tls-rpt/record.ts';
import { differences, situationsOf, text, texts, type Comparison } from './vector.ts';

const txt = (value: unknown): readonly (readonly string[])[] => {
  if (!Array.isArray(value)) throw new Error('not understood: txt is no list');
  return value.map(texts);
};

export const compareStsRecord: Comparison = (vector) => {
  const result = parseStsRecord(txt(vector['txt']));
  const ours = result.ok
    ? { valid: true, id: result.value.id }
    : { valid: false, error: result.problems[0]?.code };
  return {
    differences: differences(vector.expect ?? {}, ours),
    situations: situationsOf('mta-sts', result),
  };
};

export const compareStsPolicy: Comparison = (vector) => {
  const { status, contentType } = vector;
  const result = parseStsPolicy(text(vector['body']), {
    ...(typeof status === 'number' && { status }),
    ...(typeof contentType === 'string' && { contentType }),
  });
  const [problem] = result.ok ? [] : result.problems;
  const ours = result.ok
    ? {
        valid: true,
        mode: result.value.mode,
        max_age: result.value.maxAgeSeconds,
        mx: result.value.mx,
      }
    : { valid: false, error: problem?.code, level: problem?.level };
  return {
    differences: differences(vector.expect ?? {}, ours),
    situations: situationsOf('mta-sts', result),
  };
};

export const compareMxMatch: Comparison = (vector) => {
  const { matches, notes } = matchMx(texts(vector['patterns']), text(vector['host']));
  if (typeof vector['match'] !== 'boolean') throw new Error('not understood: match');
  return {
    differences: differences({ match: vector['match'] }, { match: matches }),
    situations: notes.map((note) => `mta-sts.${note}`),
  };
};

export const compareTlsRptRecord: Comparison = (vector) => {
  const result = parseTlsRptRecord(txt(vector['txt']));
  const ours = result.ok
    ? { valid: true, rua: result.value.rua, unsupportedScheme: result.value.unsupportedScheme }
    : { valid: false, error: result.problems[0]?.code };
  return {
    differences: differences(vector.expect ?? {}, ours),
    situations: situationsOf('tls-rpt', result),
  };
};

export const compareSts2016: Comparison = (vector) => {
  const result = parseSts2016Record(txt(vector['txt']));
  const expect = vector.expect ?? {};
  const prose = ['rule', 'section'];
  const situations = situationsOf('sts-2016', result);
  if (!result.ok)
    return { differences: differences(expect, { abnfValid: false }, prose), situations };
  const { policy, missingByProse } = result.value;
  const parsed = {
    v: 'STS1',
    to: String(policy.tlsOnly),
    ...(policy.mx && { mx: policy.mx }),
    ...(policy.authentication !== undefined && { a: policy.authentication }),
    ...(policy.constraint && { c: policy.constraint }),
    ...(policy.lifetimeSeconds !== undefined && { e: policy.lifetimeSeconds }),
    ...(policy.rua && { rua: policy.rua }),
  };
  const ours = { abnfValid: true, parsed, missingByProse };
  return { differences: differences(expect, ours, prose), situations };
};
