// The sound of a message that came: two short soft tones, made on the spot.

const gain = 0.08;
const tones = [660, 880] as const;
const toneSeconds = 0.12;

let context: AudioContext | null = null;

const pauseMilliseconds = 1_000;
let lastAt = Number.NEGATIVE_INFINITY;

/** At most once a second, however many messages come. Silent where the browser gives no sound before a click, which a tick box for it is. */
export function chime(): void {
  if (performance.now() - lastAt < pauseMilliseconds) return;
  lastAt = performance.now();
  context ??= new AudioContext();
  const volume = context.createGain();
  volume.gain.value = gain;
  volume.connect(context.destination);
  tones.forEach((frequency, index) => {
    const tone = new OscillatorNode(context as AudioContext, { frequency });
    tone.connect(volume);
    const start = (context as AudioContext).currentTime + index * toneSeconds;
    tone.start(start);
    tone.stop(start + toneSeconds);
  });
}
