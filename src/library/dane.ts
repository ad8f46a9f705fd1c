/**
 * DANE for mail (RFC 6698, RFC 7671, RFC 7672): reads TLSA records, says which are usable, what DANE asks before a
 * host is spoken to, and whether the certificates that it shows match.
 */
export { decodeTlsa, formatTlsa, parseTlsa, type Tlsa, type TlsaResult } from '../core/dane/tlsa.ts';
export { encodeTlsa } from '../core/dane/usable.ts';
export {
  countingTlsa,
  judgeTlsa,
  usableOf,
  type TlsaJudgement,
  type UnusableReason,
  type UsableSet,
  type UsableTlsa,
} from '../core/dane/usable.ts';
export {
  matchDane,
  type DaneMatch,
  type DaneMatchFault,
  type DaneNote,
  type DanePresented,
} from '../core/dane/match.ts';
export { danePolicy, tlsaName, type DanePolicy } from '../core/dane/policy.ts';
export { strictDane, type DaneSender } from '../core/dane/departures.ts';
export type { Certificate } from '../core/pkix/certificate.ts';
export type { ChainFacts } from '../core/pkix/path.ts';
export type { HostAddresses } from '../core/smtp/mx.ts';
