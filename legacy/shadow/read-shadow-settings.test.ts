import { describe, expect, it } from 'vitest';
import { readShadowSettings } from './read-shadow-settings.js';

describe('the settings of the shadow', () => {
  it('have defaults: the monolith answers, one call of a hundred is compared', () => {
    expect(readShadowSettings({ REFACET_SHADOW_SAMPLE: '' })).toEqual({
      control: 'monolith',
      sample: 0.01,
      off: new Set(),
    });
  });

  it('can be given', () => {
    const env = {
      REFACET_SHADOW_CONTROL: 'facade',
      REFACET_SHADOW_SAMPLE: '1',
      REFACET_SHADOW_OFF: 'startTask, killTask,',
    };

    expect(readShadowSettings(env)).toEqual({
      control: 'facade',
      sample: 1,
      off: new Set(['startTask', 'killTask']),
    });
  });

  it('are refused all at once, by name', () => {
    const env = {
      REFACET_SHADOW_CONTROL: 'both',
      REFACET_SHADOW_SAMPLE: '1%',
      REFACET_SHADOW_OFF: 'startTasks',
    };

    expect(() => readShadowSettings(env)).toThrow(
      /REFACET_SHADOW_CONTROL must[^]*REFACET_SHADOW_SAMPLE must[^]*REFACET_SHADOW_OFF must/,
    );
  });
});
