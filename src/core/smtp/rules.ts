/** Rules of finding mail servers and of STARTTLS (RFC 5321 §5.1, RFC 7505, RFC 3207). */
import { cite, type Citation } from '../cite.ts';

export const smtpRules = {
  'smtp.mx-found': [cite('rfc5321', '5.1')],
  'smtp.mx-implicit': [cite('rfc5321', '5.1')],
  'smtp.mx-null': [cite('rfc7505', '3')],
  'smtp.mx-lookup-failed': [cite('rfc5321', '5.1')],
  'smtp.domain-absent': [cite('rfc5321', '5.1')],
  'smtp.address-lookup-failed': [cite('rfc5321', '5.1')],
  'smtp.no-address': [cite('rfc5321', '5.1')],
  'smtp.host-unreachable': [cite('rfc5321', '5.1')],
  'smtp.starttls-offered': [cite('rfc3207', '3'), cite('rfc3207', '4')],
  'smtp.starttls-not-offered': [cite('rfc3207', '6')],
  'smtp.tls-established': [cite('rfc3207', '4.2'), cite('rfc3207', '6')],
  'smtp.handshake-failed': [cite('rfc3207', '6')],
  'smtp.certificate-not-judged': [cite('rfc3207', '4.1')],
  'smtp.cleartext-fallback': [cite('rfc3207', '4'), cite('rfc3207', '6')],
  'smtp.accepted': [cite('rfc5321', '3.3')],
  'smtp.not-accepted': [cite('rfc5321', '4.2.1')],
} as const satisfies Readonly<Record<string, readonly Citation[]>>;
