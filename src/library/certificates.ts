/**
 * Certificates for DANE: reads PEM and DER, proposes TLSA records, and judges the chain that a server sent by the
 * records of its domain.
 */
export { judgeChain, type ChainToJudge } from '../world/certificates/chain-facts.ts';
export { readPem, type PemResult } from '../world/certificates/pem.ts';
export { readCertificate, type CertificateCode } from '../world/certificates/x509.ts';
export { proposeTlsa, type TlsaProposal } from '../core/dane/association.ts';
export type { Certificate } from '../core/pkix/certificate.ts';
