# Each process of an MPI program adds its rank, plus one, to the others'. Without a compiler: calls the library's C functions.
# rank.py openmpi|mpich
import ctypes
import os
import sys
import threading

if sys.argv[1] == "openmpi":
    mpi = ctypes.CDLL("libmpi.so.40", mode=ctypes.RTLD_GLOBAL)
    world, integer, add = (
        ctypes.byref(ctypes.c_char.in_dll(mpi, name)) for name in ("ompi_mpi_comm_world", "ompi_mpi_int", "ompi_mpi_op_sum")
    )
else:
    mpi = ctypes.CDLL("libmpich.so.12", mode=ctypes.RTLD_GLOBAL)
    # The values of MPI_COMM_WORLD, MPI_INT and MPI_SUM in MPICH's ABI.
    world, integer, add = 0x44000000, 0x4C000405, 0x58000003

mpi.MPI_Init(None, None)
rank, size, total = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
mpi.MPI_Comm_rank(world, ctypes.byref(rank))
mpi.MPI_Comm_size(world, ctypes.byref(size))
own = ctypes.c_int(rank.value + 1)
mpi.MPI_Allreduce(ctypes.byref(own), ctypes.byref(total), 1, integer, add, world)
print(f"rank {rank.value} of {size.value} on {os.environ.get('SLURMD_NODENAME', 'one node')}: sum {total.value}", flush=True)
# On a busy machine that plays two nodes, both processes may wait for each other for ever here.
farewell = threading.Timer(30, os._exit, [0])
farewell.daemon = True
farewell.start()
mpi.MPI_Finalize()
os._exit(0)
