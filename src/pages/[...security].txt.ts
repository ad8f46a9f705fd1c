/** `/.well-known/security.txt`: no folder here may begin with a dot, so the address is in the parameter. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { operator, siteUrl } from '../site/inputs.ts';
import { securityText } from '../site/security-text.ts';

const text = securityText(operator().security, siteUrl(), new Date());

/** A file without a contact is not valid, so there is none until somebody fills one in. */
export const getStaticPaths: GetStaticPaths = () =>
  text === undefined ? [] : [{ params: { security: '.well-known/security' } }];

export const GET: APIRoute = () => new Response(text);
