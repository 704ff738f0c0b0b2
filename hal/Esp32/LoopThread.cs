using System;

namespace NanoComm.Hal.Esp32
{
    /// <summary>The body of a loop's thread. An exception that left it would end the thread without a word.</summary>
    internal sealed class LoopThread
    {
        private readonly string _name;
        private readonly ISequence _sequence;
        private readonly Esp32Loops _loops;

        public LoopThread(string name, ISequence sequence, Esp32Loops loops)
        {
            _name = name;
            _sequence = sequence;
            _loops = loops;
        }

        public void Run()
        {
            try
            {
                _sequence.Run();
            }
            catch (Exception failure)
            {
                _loops.Fail(_name, failure.Message);
            }
        }
    }
}
