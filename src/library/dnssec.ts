/**
 * Validates DNS answers with DNSSEC, in a browser and in Node: from trust anchors to an answer, or to the proof
 * that there is none. The validator is a procedure: it asks a world for messages, signatures, digests and the time.
 */
export { parseName, type DomainName, type NameProblem } from '../core/dns/name.ts';
export {
  answerMisfit,
  decodeMessage,
  encodeQuery,
  type Message,
  type MessageProblem,
  type Question,
} from '../core/dns/message.ts';
export type { RrType } from '../core/dns/type.ts';
export { validationPolicy, type TrustAnchor, type ValidationPolicy } from '../core/dnssec/policy.ts';
export { openSession, type Session } from '../core/dnssec/session.ts';
export { validateLookup, type ValidatedLookup } from '../core/dnssec/validate.ts';
export type { Parsed, ParseProblem, Span } from '../core/parsed.ts';
export { parseAnchors, type AnchorProblem } from '../world/live/anchor.ts';
export { parseProof, validateProof, type Proof, type ProofProblem } from '../world/live/proof.ts';
export { digest, signatureVerifier, type Verifier } from '../world/live/verify.ts';
export { runLive, type LiveWorld } from '../world/run.ts';
