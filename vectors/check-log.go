// check-log rebuilds a C2SP tlog-tiles log from its entry bundles and compares every tile byte for byte.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run check-log.go <folder with checkpoint and tile/> <published vkey>
//
// A key that the log changed is followed along the changes that are entries of the log itself, published beside the
// checkpoint as keys.json; all of them have to be there. Their commitments by SM3 are not recomputed: Go has no SM3.
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
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

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

// rebuild gives the hashes that the entries make; it ends at the first bundle that cannot be read. Entries in which the log
// speaks of its keys are kept.
func rebuild(folder string, size int64) (h hashes, said map[int64][]byte) {
	said = map[int64][]byte{}
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
			return h, said
		}
		for i := int64(0); i < width; i++ {
			if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
				fault("damaged %s", name)
				return h, said
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			stored, err := tlog.StoredHashes(n, data[2:end], h)
			if err != nil {
				fault("%s: %v", name, err)
				return h, said
			}
			h = append(h, stored...)
			if isOfKeys(data[2:end]) {
				said[n] = data[2:end]
			}
			data = data[end:]
			n++
		}
		if len(data) > 0 {
			fault("damaged %s", name)
			return h, said
		}
	}
	return h, said
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

// canonical reads JSON that is written in one way only: without blanks, names in order and none twice.
func canonical(data []byte, into any) bool {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return false
	}
	var again bytes.Buffer
	encoder := json.NewEncoder(&again)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(value) != nil || !bytes.Equal(bytes.TrimSuffix(again.Bytes(), []byte("\n")), data) {
		return false
	}
	strict := json.NewDecoder(bytes.NewReader(data))
	strict.DisallowUnknownFields()
	return strict.Decode(into) == nil
}

// leaf is an entry of the log, as far as it is asked for here.
type leaf struct {
	At string            `json:"at"`
	C  map[string]string `json:"c"`
	C3 map[string]string `json:"c3"`
	ID string            `json:"id"`
	N  int64             `json:"n"`
	O  string            `json:"o"`
	P  *string           `json:"p"`
	S  string            `json:"s"`
	T  string            `json:"t"`
	V  int               `json:"v"`
}

const rotated, revoked = "LogKeyRotated", "LogKeyRevoked"

func isOfKeys(entry []byte) bool {
	if !bytes.Contains(entry, []byte("LogKeyR")) {
		return false
	}
	var l leaf
	return canonical(entry, &l) && (l.T == rotated || l.T == revoked)
}

// change is one statement of the log about its keys: a rotation from one key to another, or a revocation of one by another.
type change struct {
	kind, from, to string
}

var timeForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`)

func isTime(text string) bool {
	_, err := time.Parse(time.RFC3339, text)
	return err == nil && timeForm.MatchString(text)
}

// lines of a statement, each "<word> <value>", in this order and no others.
func wordsOf(text string, words ...string) (values []string, ok bool) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) != len(words)+1 || !strings.HasSuffix(text, "\n") {
		return nil, false
	}
	for i, word := range words {
		if !strings.HasPrefix(lines[i+1], word+" ") {
			return nil, false
		}
		values = append(values, strings.TrimPrefix(lines[i+1], word+" "))
	}
	return values, true
}

// signedBy says whether a note bears one line of each of these keys, and no other.
func signedBy(signed string, keys ...string) bool {
	at := strings.LastIndex(signed, "\n\n")
	if at < 0 || strings.Count(signed[at+2:], "\n") != len(keys) {
		return false
	}
	for _, key := range keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return false
		}
		if _, err := note.Open([]byte(signed), note.VerifierList(verifier)); err != nil {
			return false
		}
	}
	return true
}

// readChange reads a statement of this log that everybody signed who has to.
func readChange(signed, kind, origin string) (c change, ok bool) {
	text, _, _ := strings.Cut(signed, "\n\n")
	text += "\n"
	var by []string
	switch kind {
	case rotated:
		w, fits := wordsOf(text, "log", "at", "from", "to")
		if !fits || !strings.HasPrefix(text, "liuhen.key-rotation.v1\n") || w[0] != origin || !isTime(w[1]) {
			return c, false
		}
		c, by = change{kind, w[2], w[3]}, []string{w[2], w[3]}
	case revoked:
		w, fits := wordsOf(text, "log", "at", "key", "by", "since", "size")
		if !fits || !strings.HasPrefix(text, "liuhen.key-revocation.v1\n") || w[0] != origin || !isTime(w[1]) || !isTime(w[4]) {
			return c, false
		}
		size, err := strconv.ParseInt(w[5], 10, 64)
		if err != nil || size < 0 || strconv.FormatInt(size, 10) != w[5] {
			return c, false
		}
		c, by = change{kind, w[2], w[3]}, []string{w[3]}
	default:
		return c, false
	}
	for _, key := range []string{c.from, c.to} {
		verifier, err := note.NewVerifier(key)
		if err != nil || verifier.Name() != origin {
			return c, false
		}
	}
	return c, c.from != c.to && signedBy(signed, by...)
}

type keysFile struct {
	Events []struct {
		Entry  []byte `json:"entry"`
		Index  int64  `json:"index"`
		Public []byte `json:"public"`
		Salt   []byte `json:"salt"`
	} `json:"events"`
	V int `json:"v"`
}

// readChanges reads keys.json against the entries of the log: one stream without a gap, all that the log says of its keys.
func readChanges(folder, origin string, said map[int64][]byte) (changes []change, ok bool) {
	data, err := os.ReadFile(filepath.Join(folder, "keys.json"))
	if err != nil {
		return nil, len(said) == 0
	}
	var file keysFile
	if !canonical(data, &file) || file.V != 1 || len(file.Events) != len(said) || len(said) == 0 {
		return nil, false
	}
	var before leaf
	var hash tlog.Hash
	index := int64(-1)
	for i, event := range file.Events {
		var l leaf
		if event.Index <= index || !bytes.Equal(said[event.Index], event.Entry) || !canonical(event.Entry, &l) || l.V != 1 || l.N != int64(i+1) {
			return nil, false
		}
		joins := l.P == nil
		if i > 0 {
			joins = l.P != nil && *l.P == hash.String() && l.S == before.S
		}
		part := sha256.Sum256(append(append([]byte("liuhen.part.v1\n"), event.Salt...), event.Public...))
		if !joins || len(event.Salt) != 32 || l.C["pub"] != base64.StdEncoding.EncodeToString(part[:]) {
			return nil, false
		}
		var public struct {
			Statement string `json:"statement"`
		}
		if !canonical(event.Public, &public) {
			return nil, false
		}
		c, holds := readChange(public.Statement, l.T, origin)
		if !holds {
			return nil, false
		}
		changes = append(changes, c)
		before, hash, index = l, tlog.RecordHash(event.Entry), event.Index
	}
	return changes, true
}

// follow gives the keys that can be believed from the one that the reader has, each with those that led to it and itself. A
// key hands over once: what it says afterwards counts nothing. Who was taken back, and whom they led to, is left out.
func follow(trusted string, changes []change) (believed []string) {
	ways := [][]string{{trusted}}
	over, back := map[string]bool{}, map[string]bool{}
	wayOf := func(key string) []string {
		for _, way := range ways {
			if way[len(way)-1] == key {
				return way
			}
		}
		return nil
	}
	for _, c := range changes {
		switch {
		case c.kind == rotated && !over[c.from] && wayOf(c.from) != nil:
			over[c.from] = true
			if wayOf(c.to) == nil {
				ways = append(ways, append(append([]string{}, wayOf(c.from)...), c.to))
			}
		case c.kind == revoked && !over[c.to] && wayOf(c.to) != nil:
			over[c.from], back[c.from] = true, true
		}
	}
	for _, way := range ways {
		holds := true
		for _, key := range way {
			holds = holds && !back[key]
		}
		if holds {
			believed = append(believed, way[len(way)-1])
		}
	}
	return believed
}

func rootOf(size int64, h hashes) (tlog.Hash, error) {
	if size == 0 { // the library answers with zeros
		return sha256.Sum256(nil), nil
	}
	return tlog.TreeHash(size, h)
}

// checkSignature wants the checkpoint signed by one of the keys that can be believed.
func checkSignature(signed []byte, trusted string, believed []string) {
	for _, key := range believed {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			continue
		}
		if _, err := note.Open(signed, note.VerifierList(verifier)); err == nil {
			if key != trusted {
				fmt.Printf("the log changed its key: it is %s now\n", key)
			}
			return
		}
	}
	fault("the checkpoint is not signed by this key, nor by one that it handed over to")
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
	text, _, _ := strings.Cut(string(signed), "\n\n")
	c, ok := parse(text + "\n")
	if !ok {
		fmt.Println("cannot read the checkpoint")
		os.Exit(2)
	}
	if c.origin != verifier.Name() {
		fault("the key is of another log")
	}
	h, said := rebuild(folder, c.size)
	changes, ok := readChanges(folder, c.origin, said)
	if !ok {
		fault("what keys.json says of the keys is not what the log says")
	}
	checkSignature(signed, os.Args[2], follow(os.Args[2], changes))
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
