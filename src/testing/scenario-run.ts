import { CallHarness } from './call-harness.js';
import { firstDifference } from './difference.js';
import type { Difference } from './difference.js';
import { expectByRows, expectTogetherByRows, mapFaults, rowsFor } from './divergence.js';
import type { ExpectedByRows } from './divergence.js';

import type { Fault } from './fault-plan.js';
import type { Implementation } from './implementation.js';
import type { Ledger } from './ledger.js';
import { comparedParts } from './compared-parts.js';
import type { Mismatch } from './mismatch.js';
import { Normaliser } from './normalisation.js';
import { observeCall, observeTogether } from './observe-calls.js';
import type { ObservedCalls, RunningSide } from './observe-calls.js';
import type { Observation } from './observation.js';
import { RunCounter } from './run-counter.js';
import { canGoBack, rememberWorld } from './remember-world.js';
import { occurrencesOf } from './request-occurrences.js';
import { rehearsalOf } from './rehearsal.js';
import type { Call, Scenario } from './scenario.js';
import type { EquivalenceOptions, Verdict } from './verdict.js';

/** Other ways for a call to go, told by the requests that it makes. */
export type VariantsOf = (call: Call, requests: readonly Omit<Fault, 'kind'>[]) => Iterable<Call>;

type Step = { readonly mismatch: Mismatch } | 'goes on' | 'ends here';

/** One scenario on its way through both implementations. */
export class ScenarioRun {
  readonly #reference: RunningSide;
  readonly #candidate: RunningSide;
  readonly #normaliseReference: Normaliser;
  readonly #normaliseCandidate: Normaliser;
  readonly #requests: Omit<Fault, 'kind'>[][] = [];
  readonly #counter: RunCounter;
  #widths: readonly number[] = [];

  constructor(
    private readonly options: EquivalenceOptions,
    private readonly ledger: Ledger,
  ) {
    this.#counter = new RunCounter(ledger);
    this.#reference = start(options.reference);
    this.#candidate = start(options.candidate);
    this.#normaliseReference = this.#normaliser();
    this.#normaliseCandidate = this.#normaliser();
  }

  async complete(scenario: Scenario): Promise<Verdict> {
    this.ledger.addTo('scenarios');
    let step = await this.#compareCalls(scenario);
    if (step === 'goes on' && scenario.together)
      step = await this.#compareTogether(scenario, scenario.together);
    return this.#verdict(step);
  }

  /**
   * Runs the calls that come first, and then only those that run together, again and again from the same worlds: half
   * of a race's time goes into what comes before it.
   *
   * @returns `undefined` where the worlds cannot be put back.
   */
  async prepareRace(
    scenario: Scenario,
  ): Promise<((decisions: readonly number[]) => Promise<Verdict>) | undefined> {
    const together = scenario.together ?? [];
    if (![this.#reference, this.#candidate].every(canGoBack)) return undefined;
    this.ledger.addTo('scenarios');
    const first = await this.#compareCalls(scenario);
    if (first !== 'goes on') return async () => this.#verdict(first);
    const goBack = this.#rememberWorlds();
    return async (decisions) => {
      goBack();
      return this.#verdict(await this.#compareTogether({ ...scenario, decisions }, together));
    };
  }

  /**
   * Runs a scenario, and at each of its calls every variant of that call and what follows it, from the same worlds.
   *
   * @returns the first variant of the scenario that differs.
   */
  async sweep(scenario: Scenario, variantsOf: VariantsOf): Promise<Scenario | undefined> {
    for (const [at, call] of scenario.calls.entries()) {
      const goBack = this.#rememberWorlds();
      if ((await this.#compareCall(scenario, call, at)) !== 'goes on') return scenario;
      for (const variant of variantsOf(call, this.#requests.at(-1) ?? [])) {
        goBack();
        this.ledger.addTo('scenarios');
        const varied = { ...scenario, calls: scenario.calls.with(at, variant) };
        const step = await this.#compareCalls(varied, at);
        if (typeof step !== 'string') return varied;
      }
      goBack();
      await this.#compareCall(scenario, call, at);
    }
    return undefined;
  }

  #rememberWorlds(): () => void {
    const goBack = [this.#reference, this.#candidate].map(rememberWorld);
    return () => {
      for (const one of goBack) one();
    };
  }

  async #compareCalls(scenario: Scenario, from = 0): Promise<Step> {
    let step: Step = 'goes on';
    for (let at = from; at < scenario.calls.length && step === 'goes on'; at += 1) {
      const call = scenario.calls[at];
      if (call) step = await this.#compareCall(scenario, call, at);
    }
    return step;
  }

  #verdict(step: Step): Verdict {
    return {
      mismatch: typeof step === 'string' ? undefined : step.mismatch,
      isWhole: step !== 'ends here',
      widths: this.#widths,
      requests: this.#requests,
    };
  }

  #normaliser(): Normaliser {
    return new Normaliser(this.options.normalisations ?? [], (id) => {
      this.ledger.count('normalisations', id, 'matched');
    });
  }

  async #compareCall(scenario: Scenario, call: Call, at: number): Promise<Step> {
    const reference = await observeCall(this.#reference, call, at);
    const { rows, mapped } = this.#mapped(reference, call);
    const met = { ...call, faults: mapped };
    const world = rows.length > 0 ? this.#candidate.side.save?.() : undefined;
    const returned = [...this.#candidate.returned];
    const rehearse = rehearsalOf({ world, returned }, met, at, () => this.#normaliser());
    const candidate = await observeCall(this.#candidate, met, at);
    this.#counter.countCalls([call], reference, candidate);
    this.#requests.push(occurrencesOf(reference.observation, candidate.observation));
    const isTolerant = rows.some(({ toleratesFaults }) => toleratesFaults === true);

    const isSame = this.#counter.metTheSame(
      mapFaults(rows, reference.met, reference.observation),
      candidate.met,
      isTolerant,
    );
    if (!isSame && !isTolerant) return 'ends here';

    const before = this.#normaliseReference.apply(reference.observation);
    const actual = this.#normaliseCandidate.apply(candidate.observation);
    const byRows = await expectByRows(rows, before, call, actual, rehearse);
    this.#counter.countRows(byRows);
    const step = this.#compare(scenario, at, byRows, actual);
    // Where no row has changed anything, both are in one world.
    return step === 'goes on' && byRows.changed.length > 0 ? this.#goOnBehind(before, byRows.expected) : step;
  }

  async #compareTogether(scenario: Scenario, together: readonly Call[]): Promise<Step> {
    const decisions = scenario.decisions ?? [];
    const reference = await observeTogether(this.#reference, together, decisions);
    const candidate = await observeTogether(this.#candidate, together, decisions);
    this.#widths = reference.widths;
    this.ledger.addTo('schedules');
    this.#counter.countCalls(together, reference, candidate);

    if (!this.#counter.metTheSame(reference.met, candidate.met)) return 'ends here';
    const before = this.#normaliseReference.apply(reference.observation);
    const actual = this.#normaliseCandidate.apply(candidate.observation);
    const byRows = await expectTogetherByRows(this.options.divergences ?? [], before, together, actual);
    this.#counter.countRows(byRows);
    const step = this.#compare(scenario, scenario.calls.length, byRows, actual);
    if (step !== 'goes on') return step;
    // One that waits for the other call where its counterpart does not has fewer orders to be tried in.
    const difference = firstDifference(reference.widths, candidate.widths);
    if (!difference) return 'goes on';
    return this.#mismatch(
      scenario,
      scenario.calls.length,
      { ...difference, path: `requests waiting at once.${difference.path}` },
      byRows,
      actual,
    );
  }

  /** The rows are chosen by what the reference did, before the candidate runs: they also decide which faults it meets. */
  #mapped(
    reference: ObservedCalls,
    call: Call,
  ): { rows: ReturnType<typeof rowsFor>; mapped: readonly Fault[] } {
    const rows = rowsFor(this.options.divergences ?? [], reference.observation, call);
    return { rows, mapped: mapFaults(rows, call.faults ?? [], reference.observation) };
  }

  #compare(scenario: Scenario, at: number, byRows: ExpectedByRows, actual: Observation): Step {
    const { compare } = this.options;
    const difference = firstDifference(
      comparedParts(byRows.expected, compare),
      comparedParts(actual, compare),
    );
    return difference ? this.#mismatch(scenario, at, difference, byRows, actual) : 'goes on';
  }

  #mismatch(
    scenario: Scenario,
    at: number,
    difference: Difference,
    { expected, applied }: ExpectedByRows,
    actual: Observation,
  ): Step {
    const between = [this.options.reference.name, this.options.candidate.name] as const;
    return { mismatch: { scenario, at, difference, between, rows: applied, expected, actual } };
  }

  /** Behind a wanted difference, the candidate goes on in the reference's world, or the scenario ends. */
  #goOnBehind(reference: Observation, expected: Observation): Step {
    if (firstDifference(reference.outcomes, expected.outcomes)) {
      this.#candidate.returned.splice(0, Number.POSITIVE_INFINITY, ...this.#reference.returned);
    }
    if (!firstDifference(reference.state, expected.state)) return 'goes on';
    const { side: from } = this.#reference;
    const { side: to } = this.#candidate;
    if (!from.save || !to.restore) return 'ends here';
    to.restore(from.save());
    return 'goes on';
  }
}

function start(implementation: Implementation): RunningSide {
  const harness = new CallHarness();
  return { harness, side: implementation.build(harness), returned: [] };
}
