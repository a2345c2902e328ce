import { AppError } from '../../src/contracts/index.js';
import type { Runner } from '../runner.js';
import type { Party } from './script.js';
import { translations } from './scripts/translations.js';

/** What the environment says of the shadow. */
export interface ShadowSettings {
  /** Whose answers are given. */
  readonly control: Party;
  /** Share of the calls that is compared. */
  readonly sample: number;
  /** Methods that are not compared. */
  readonly off: ReadonlySet<keyof Runner>;
}

/**
 * Reads the settings of the shadow; what is empty has its default.
 *
 * @throws AppError `INVALID_REQUEST` whose message names every variable that is wrong.
 */
export function readShadowSettings(env: Readonly<Record<string, string | undefined>>): ShadowSettings {
  const given = (name: string): string => env[name] ?? '';
  const problems: string[] = [];
  const control = given('REFACET_SHADOW_CONTROL') || 'monolith';
  if (control !== 'monolith' && control !== 'facade')
    problems.push('REFACET_SHADOW_CONTROL must be one of: monolith, facade');
  const sample = Number(given('REFACET_SHADOW_SAMPLE') || '0.01');
  if (!(sample >= 0 && sample <= 1)) problems.push('REFACET_SHADOW_SAMPLE must be a number from 0 to 1');
  const methods = Object.keys(translations);
  const off = given('REFACET_SHADOW_OFF')
    .split(',')
    .map((name) => name.trim());
  const named = off.filter((name) => name !== '');
  if (!named.every((name) => methods.includes(name)))
    problems.push(`REFACET_SHADOW_OFF must be names of methods, separated by commas: ${methods.join(', ')}`);
  if (problems.length > 0)
    throw new AppError('INVALID_REQUEST', `The settings cannot be used:\n  ${problems.join('\n  ')}`);
  return { control: control as Party, sample, off: new Set(named as (keyof Runner)[]) };
}
