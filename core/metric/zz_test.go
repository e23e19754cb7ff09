package metric
import ("testing";"fmt";"time";"syscall")
func now() time.Duration { var r syscall.Rusage; syscall.Getrusage(0,&r); return time.Duration(r.Utime.Nano()) }
func TestZZ(t *testing.T){
 for _,c:=range [][2]int{{2000,1},{2000,3},{2000,8},{10000,2},{500,2},{1000,2},{2000,2}} {
 for _,sc:=range scenes { if sc.name=="lattice"&&c[0]>2000 {continue}
  x,y:=draw(sc,1,c[0],c[1]); a:=NewAssignment(c[0]); t0:=now(); w0:=time.Now(); a.Start(x,y)
  for a.phase==bidding {a.bid()}
  f:=len(a.free)
  a.Advance(nil)
  fmt.Printf("%v %-20s user %v wall %v free %d\n",c,sc.name,(now()-t0).Round(time.Millisecond),time.Since(w0).Round(time.Millisecond),f)
 }}
}
