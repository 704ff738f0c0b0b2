using System.Threading;

namespace NanoComm.Virtual
{
    /// <summary>Shows the unit to someone.</summary>
    internal interface IView
    {
        /// <summary>Shows it until the end.</summary>
        void Run(ManualResetEventSlim end);
    }
}
