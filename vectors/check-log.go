// check-log rebuilds a C2SP tlog-tiles log from its entry bundles and compares every tile byte for byte.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run check-log.go <folder with checkpoint and tile/> <published vkey>
//
// It uses nothing of this project: golang.org/x/mod/sumdb/{note,tlog}, from Debian's golang-golang-x-mod-dev. Hashes are never read
// from tiles to vouch for other tiles (tlog.TileHashReader does, and leaves some unauthenticated in versions that are in
// use). Exit codes: 0 all holds, 1 something does not, 2 cannot be read.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // hashes of a full tile: 1 << height

var faults []string

func fault(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }

// path as tlog-tiles writes it: x/mod's has the height in it, and calls a bundle "data".
func path(t tlog.Tile) string {
	name := strings.TrimPrefix(t.Path(), "tile/8/")
	return "tile/" + strings.Replace(name, "data/", "entries/", 1)
}

type checkpoint struct {
	origin string
	size   int64
	root   tlog.Hash
}

func parse(text string) (c checkpoint, ok bool) {
	lines := strings.Split(text, "\n")
	if len(lines) < 3 || lines[0] == "" {
		return c, false
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	root, err2 := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || err2 != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] || len(root) != tlog.HashSize {
		return c, false
	}
	c = checkpoint{origin: lines[0], size: size}
	copy(c.root[:], root)
	return c, true
}

// hashes of all perfect subtrees, in the order of tlog.StoredHashIndex.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(h)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		out[i] = h[index]
	}
	return out, nil
}

// rebuild gives the hashes that the entries make; it ends at the first bundle that cannot be read.
func rebuild(folder string, size int64) (h hashes) {
	n := int64(0)
	for index := int64(0); n < size; index++ {
		width := size - n
		if width > 1<<height {
			width = 1 << height
		}
		name := path(tlog.Tile{H: height, L: -1, N: index, W: int(width)})
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			fault("missing %s", name)
			return h
		}
		for i := int64(0); i < width; i++ {
			if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
				fault("damaged %s", name)
				return h
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			stored, err := tlog.StoredHashes(n, data[2:end], h)
			if err != nil {
				fault("%s: %v", name, err)
				return h
			}
			h = append(h, stored...)
			data = data[end:]
			n++
		}
		if len(data) > 0 {
			fault("damaged %s", name)
			return h
		}
	}
	return h
}

func compareTiles(folder string, size int64, h hashes) {
	for _, t := range tlog.NewTiles(height, 0, size) {
		// What stands at this level when the log has this size; partial tiles of earlier sizes need not be kept.
		count := size >> (uint(t.L) * height)
		if t.W < 1<<height && int64(t.W) != count%(1<<height) || t.W < 1<<height && t.N != count>>height {
			continue
		}
		want, err := tlog.ReadTileData(t, h)
		if err != nil {
			fault("%s: %v", path(t), err)
			continue
		}
		found, err := os.ReadFile(filepath.Join(folder, path(t)))
		if err != nil {
			fault("missing %s", path(t))
		} else if !bytes.Equal(want, found) {
			fault("different %s", path(t))
		}
	}
}

func rootOf(size int64, h hashes) (tlog.Hash, error) {
	if size == 0 { // the library answers with zeros
		return sha256.Sum256(nil), nil
	}
	return tlog.TreeHash(size, h)
}

func main() {
	if len(os.Args) != 3 {
		fmt.Println("usage: check-log <folder with checkpoint and tile/> <published vkey>")
		os.Exit(2)
	}
	folder := os.Args[1]
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	verifier, err2 := note.NewVerifier(os.Args[2])
	if err != nil || err2 != nil {
		fmt.Println("cannot read the checkpoint or the key")
		os.Exit(2)
	}
	text := string(signed)
	if opened, err := note.Open(signed, note.VerifierList(verifier)); err != nil {
		fault("the checkpoint is not signed by this key: %v", err)
		text, _, _ = strings.Cut(text, "\n\n")
	} else {
		text = opened.Text
	}
	c, ok := parse(text)
	if !ok {
		fmt.Println("cannot read the checkpoint")
		os.Exit(2)
	}
	if c.origin != verifier.Name() {
		fault("the key is of another log")
	}
	h := rebuild(folder, c.size)
	if root, err := rootOf(c.size, h); err != nil || root != c.root {
		fault("the entries do not have the root that was signed")
	}
	if int64(len(h)) == tlog.StoredHashCount(c.size) {
		compareTiles(folder, c.size, h)
	}
	for _, f := range faults {
		fmt.Println(f)
	}
	verdict := "OK"
	if len(faults) > 0 {
		verdict = "FAIL"
	}
	fmt.Printf("%s %s %d entries\n", verdict, c.origin, c.size)
	if len(faults) > 0 {
		os.Exit(1)
	}
}
