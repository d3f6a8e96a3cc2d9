// How loud it is, as bars that fill up: whoever speaks sees that they are heard.
const EVERY = 100;
const CALM = 500; // for who wants less motion

export function level(place, stream) {
  const Sound = window.AudioContext ?? window.webkitAudioContext;
  if (!Sound || !stream.getAudioTracks().length) return () => {};
  const sound = new Sound();
  sound.resume();
  const ear = sound.createAnalyser();
  ear.fftSize = 1024;
  sound.createMediaStreamSource(stream).connect(ear);
  const heard = new Float32Array(ear.fftSize);
  const timer = setInterval(() => show(place, loudness(ear, heard)), matchMedia('(prefers-reduced-motion: reduce)').matches ? CALM : EVERY);
  return () => {
    clearInterval(timer);
    show(place, 0);
    sound.close();
  };
}

// From silence to a loud voice, as ears hear it: from 0 to 1.
function loudness(ear, heard) {
  ear.getFloatTimeDomainData(heard);
  const power = heard.reduce((sum, each) => sum + each * each, 0) / heard.length;
  return Math.min(Math.max((10 * Math.log10(power + 1e-9) + 55) / 45, 0), 1);
}

function show(place, share) {
  [...place.children].forEach((bar, at, bars) => bar.classList.toggle('on', at < Math.round(share * bars.length)));
}
