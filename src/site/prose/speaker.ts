/** The language a component of an article speaks: that of the page it stands on. */
import type { Lang } from '../../view/messages/lang.ts';

export const langOf = (page: { readonly currentLocale?: string | undefined }): Lang =>
  page.currentLocale === 'en' ? 'en' : 'nl';
