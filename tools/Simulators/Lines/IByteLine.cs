using System;

namespace NanoComm.Simulators
{
    /// <summary>A simulator's end of a byte line: nothing waits, what arrives is an event.</summary>
    public interface IByteLine
    {
        /// <summary>Bytes have arrived; they are the handler's only until it returns.</summary>
        event Action<ReadOnlyMemory<byte>> Received;

        /// <summary>Sends bytes, in order.</summary>
        void Send(ReadOnlyMemory<byte> bytes);
    }
}
