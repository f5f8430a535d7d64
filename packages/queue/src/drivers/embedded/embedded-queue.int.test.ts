import { queueConformance } from '../../conformance/queue-conformance.ts';
import { openEmbeddedHarness } from './embedded-harness.ts';

const gaps = { 'second-process': 'an embedded queue belongs to one process; a second one is refused' };

queueConformance({ name: 'embedded', open: () => openEmbeddedHarness(), gaps });
// Every few messages begin another file, so that each case runs over the seams as well.
queueConformance({ name: 'embedded, tiny segments', open: () => openEmbeddedHarness({ segmentBytesMax: 300 }), gaps });
