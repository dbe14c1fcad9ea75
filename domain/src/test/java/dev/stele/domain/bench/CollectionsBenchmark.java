package dev.stele.domain.bench;

import dev.stele.contracts.TurnId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.organicdesign.fp.collections.PersistentHashMap;
import org.organicdesign.fp.collections.PersistentVector;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/** The operations that the model lives on, in the libraries that it could be made of. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class CollectionsBenchmark {

    /** The library. */
    @Param({"VAVR", "PCOLLECTIONS", "PAGURO"})
    public Library library = Library.VAVR;

    /** How many elements there are. */
    @Param({"10", "1000", "100000"})
    public int size;

    private TurnId[] keys = {};
    private Collections collections = new OfVavr(new TurnId[] {new TurnId("u")});
    private int next;

    /** Who makes the collections. */
    public enum Library {
        /** io.vavr. */
        VAVR,
        /** org.pcollections. */
        PCOLLECTIONS,
        /** org.organicdesign.fp. */
        PAGURO
    }

    /** Fills a map and a vector. */
    @Setup
    public void prepare() {
        keys = new TurnId[size];
        for (int i = 0; i < size; i++) {
            keys[i] = new TurnId("turn-" + i);
        }
        collections =
                switch (library) {
                    case VAVR -> new OfVavr(keys);
                    case PCOLLECTIONS -> new OfPCollections(keys);
                    case PAGURO -> new OfPaguro(keys);
                };
    }

    private TurnId key() {
        next = next + 1 < size ? next + 1 : 0;
        return keys[next];
    }

    /** Finds a turn. */
    @Benchmark
    public Object get(ProcessorShare share) {
        return collections.get(key());
    }

    /** Replaces a turn by its next version. */
    @Benchmark
    public Object replace(ProcessorShare share) {
        return collections.replace(key());
    }

    /** Replaces the last message by its next version. */
    @Benchmark
    public Object updateLast(ProcessorShare share) {
        return collections.updateLast(key());
    }

    /** Adds a message. */
    @Benchmark
    public Object append(ProcessorShare share) {
        return collections.append(key());
    }

    /** A map of turns and a vector of messages; the elements stand in for both. */
    private interface Collections {
        Object get(TurnId key);

        Object replace(TurnId key);

        Object updateLast(TurnId element);

        Object append(TurnId element);
    }

    private static final class OfVavr implements Collections {
        private final io.vavr.collection.HashMap<TurnId, Object> map;
        private final io.vavr.collection.Vector<Object> vector;

        OfVavr(TurnId[] keys) {
            io.vavr.collection.HashMap<TurnId, Object> filled = io.vavr.collection.HashMap.empty();
            for (TurnId key : keys) {
                filled = filled.put(key, key);
            }
            map = filled;
            vector = io.vavr.collection.Vector.of((Object[]) keys);
        }

        @Override
        public Object get(TurnId key) {
            return map.getOrElse(key, key);
        }

        @Override
        public Object replace(TurnId key) {
            return map.put(key, this);
        }

        @Override
        public Object updateLast(TurnId element) {
            return vector.update(vector.size() - 1, element);
        }

        @Override
        public Object append(TurnId element) {
            return vector.append(element);
        }
    }

    private static final class OfPCollections implements Collections {
        private final PMap<TurnId, Object> map;
        private final PVector<Object> vector;

        OfPCollections(TurnId[] keys) {
            PMap<TurnId, Object> filled = HashTreePMap.empty();
            PVector<Object> listed = TreePVector.empty();
            for (TurnId key : keys) {
                filled = filled.plus(key, key);
                listed = listed.plus(key);
            }
            map = filled;
            vector = listed;
        }

        @Override
        public Object get(TurnId key) {
            return map.getOrDefault(key, key);
        }

        @Override
        public Object replace(TurnId key) {
            return map.plus(key, this);
        }

        @Override
        public Object updateLast(TurnId element) {
            return vector.with(vector.size() - 1, element);
        }

        @Override
        public Object append(TurnId element) {
            return vector.plus(element);
        }
    }

    private static final class OfPaguro implements Collections {
        private final PersistentHashMap<TurnId, Object> map;
        private final PersistentVector<Object> vector;

        OfPaguro(TurnId[] keys) {
            PersistentHashMap<TurnId, Object> filled = PersistentHashMap.empty();
            PersistentVector<Object> listed = PersistentVector.empty();
            for (TurnId key : keys) {
                filled = filled.assoc(key, key);
                listed = listed.append(key);
            }
            map = filled;
            vector = listed;
        }

        @Override
        public Object get(TurnId key) {
            return map.getOrElse(key, key);
        }

        @Override
        public Object replace(TurnId key) {
            return map.assoc(key, this);
        }

        @Override
        public Object updateLast(TurnId element) {
            return vector.replace(vector.size() - 1, element);
        }

        @Override
        public Object append(TurnId element) {
            return vector.append(element);
        }
    }
}
