using System;

namespace NanoComm.Hal.Esp32
{
    /// <summary>The body of a loop's thread. An exception that left it would end the thread without a word.</summary>
    internal sealed class LoopThread
    {
        private readonly LoopBeat _beat;
        private readonly ISequence _sequence;
        private readonly Esp32Loops _loops;

        public LoopThread(LoopBeat beat, ISequence sequence, Esp32Loops loops)
        {
            _beat = beat;
            _sequence = sequence;
            _loops = loops;
        }

        public void Run()
        {
            try
            {
                _sequence.Run();
                _beat.Due = Deadline.Never;
            }
            catch (Exception failure)
            {
                _loops.Fail(_beat.Name, failure.Message);
            }
        }
    }
}
