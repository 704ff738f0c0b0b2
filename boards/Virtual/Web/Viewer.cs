using System;
using System.Buffers;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace NanoComm.Virtual.Web
{
    /// <summary>A browser that follows the stream. What it does not take in time ends it, and it comes back by itself and
    /// begins anew: nothing piles up.</summary>
    internal sealed class Viewer
    {
        // Eight seconds of them.
        private const int MostMessages = 32;

        private readonly Channel<byte[]> _messages = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostMessages)
        {
            SingleReader = true,
        });

        /// <summary>Gives it messages in one piece; waits for nothing.</summary>
        public void Send(byte[] message)
        {
            if (!_messages.Writer.TryWrite(message))
            {
                End();
            }
        }

        /// <summary>Ends the stream once it has what it was given.</summary>
        public void End()
        {
            _messages.Writer.TryComplete();
        }

        /// <summary>Writes the messages until the end, or until the browser is gone.</summary>
        public async Task Run(PipeWriter to, CancellationToken gone)
        {
            try
            {
                while (await _messages.Reader.WaitToReadAsync(gone))
                {
                    while (_messages.Reader.TryRead(out byte[] message))
                    {
                        to.Write(message);
                    }

                    await to.FlushAsync(gone);
                }
            }
            catch (OperationCanceledException)
            {
                // It is gone.
            }
        }
    }
}
