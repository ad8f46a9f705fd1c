import { enumerationOf } from '../../view/matrix/enumeration.ts';
import { enumerationOfBuild } from '../../site/widgets/matrix-of-build.ts';

export const GET = () => Response.json(enumerationOf(enumerationOfBuild()));
