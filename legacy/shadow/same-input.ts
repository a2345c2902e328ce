import { firstDifference, type Difference } from '../../src/testing/difference.js';

/** Attributes whose values are what the clock told. */
const timeNames = new Set(['created_at', 'updated_at', ':now']);

/**
 * The first place where two inputs of an operation are not the same. Two implementations look at the clock at
 * different moments of a call, so any time that it told during the call is as good as another. The scripts and the
 * variables of the sidecar, which runs them, are not compared: the facets' tests run them.
 */
export function inputDifference(
  operation: string,
  expected: unknown,
  actual: unknown,
  times: readonly Date[],
): Difference | undefined {
  const seconds = new Set(times.map((time) => String(Math.floor(time.getTime() / 1_000))));
  const compared = (input: unknown): unknown => {
    const sent = withoutAbsent(input, (name, value) => (isTime(name, value, seconds) ? '(clock)' : value));
    return operation === 'ecs.RunTask' ? withoutScripts(sent) : sent;
  };
  return firstDifference(compared(expected), compared(actual));
}

/** As it is sent: members that are `undefined` do not travel. */
function withoutAbsent(
  value: unknown,
  replace: (name: string, value: unknown) => unknown,
  name = '',
): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutAbsent(one, replace));
  if (typeof value !== 'object' || value === null) return value;
  const replaced = replace(name, value);
  if (replaced !== value) return replaced;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, withoutAbsent(replace(key, member), replace, key)]),
  );
}

function isTime(name: string, value: unknown, seconds: ReadonlySet<string>): boolean {
  if (name === 'endTime') return seconds.has(String(value));
  if (!timeNames.has(name) || typeof value !== 'object' || value === null) return false;
  return 'N' in value && seconds.has(String(value.N));
}

function withoutScripts(input: unknown): unknown {
  const { overrides, ...others } = input as { readonly overrides?: { containerOverrides?: object[] } };
  const containers = (overrides?.containerOverrides ?? []) as readonly {
    readonly name?: string;
    readonly command?: readonly string[];
    readonly environment?: unknown;
  }[];
  return {
    ...others,
    containers: containers.map(({ name, command = [], environment }) => ({
      name,
      shell: command.slice(0, -1),
      ...(name !== 'sidecar' && { environment }),
    })),
  };
}
