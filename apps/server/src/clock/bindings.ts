import { moveClock as route } from '@liuhen/api/routes/setup'
import { refuse } from '@liuhen/domain/refusal'
import type { Store } from '../event-store/store.ts'
import { bindPublic, type Binding } from '../http/binding.ts'
import { moveClock } from './clock.ts'

/** Bound in a demonstration only; a real installation does not have the address. */
export const clockBindings = (store: Store): readonly Binding[] =>
  store.clock.kind === 'real'
    ? []
    : [
        bindPublic(route, async (_, { body }) =>
          (await moveClock(store.pool, body.now))
            ? { now: await store.clock.now() }
            : refuse('wrong-state', '模拟时钟只能向前拨。', '请填写比现在晚的时间。'),
        ),
      ]
