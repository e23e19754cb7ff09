package lab

import "time"

const (
	flowTime = 3 * time.Second         // noise to drawing at speed 1
	restTime = 1500 * time.Millisecond // on the finished drawing
)

// playback is the flow's clock: it runs from noise to drawing with ease at
// both ends, rests there, and begins again.
type playback struct {
	playing bool
	speed   float64
	at      time.Duration // within flowTime + restTime
	t       float64       // 0 … 1, what is shown
}

// newPlayback is a clock that starts on the finished drawing: what is learned
// first shows as the drawing coming out of noise.
func newPlayback() playback { return playback{playing: true, speed: 1, at: flowTime, t: 1} }

func (p *playback) advance(dt time.Duration) {
	if !p.playing {
		return
	}
	p.at += time.Duration(float64(dt) * p.speed)
	if p.at >= flowTime+restTime {
		p.at = 0
	}
	p.t = ease(float64(p.at) / float64(flowTime))
}

// scrub stops the clock at t.
func (p *playback) scrub(t float64) {
	p.playing, p.t = false, t
}

// play goes on from the moment on show, or from noise where the drawing is
// finished.
func (p *playback) play(on bool) {
	if on && !p.playing {
		p.at = time.Duration(unease(p.t) * float64(flowTime))
		if p.t >= 1 {
			p.at = 0
		}
	}
	p.playing = on
}

// ease is the cubic 3u² − 2u³ on [0, 1]: slow at both ends.
func ease(u float64) float64 {
	u = min(max(u, 0), 1)
	return u * u * (3 - 2*u)
}

// unease inverts ease by bisection.
func unease(t float64) float64 {
	lo, hi := 0.0, 1.0
	for range 40 {
		if m := (lo + hi) / 2; ease(m) < t {
			lo = m
		} else {
			hi = m
		}
	}
	return (lo + hi) / 2
}
