namespace System
{
    public delegate void Action();

    public delegate void Action<T>(T obj);

    public delegate void Action<T1, T2>(T1 arg1, T2 arg2);

    public class EventArgs
    {
        public static readonly EventArgs Empty;
        public extern EventArgs();
    }

    public delegate void EventHandler(object sender, EventArgs e);

    public delegate TResult Func<TResult>();

    public delegate TResult Func<T, TResult>(T arg);
}
