"""One Chinese sentence for each failure we foresee: what happened, and what to do.

The window translates the sentence, the commands print it as it is.
"""

from hotline_desk import errors


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  lupdate looks for this name
    """Mark *text* for translation and return it unchanged."""
    return text


_ = QT_TRANSLATE_NOOP

SENTENCES: dict[type[errors.HotlineDeskError], str] = {
    errors.WorkspaceNotFound: _(
        "errors",
        "“{path}”里没有台账，也没有录音，不是工作文件夹；请检查 --workspace 是否写对，"
        "第一次使用请先打开窗口。",
    ),
    errors.WorkspaceUnwritable: _(
        "errors",
        "“{path}”打不开或者不能写入，请检查权限，看看是不是别的东西占了它的位置，"
        "或用 --workspace 另选一个文件夹。",
    ),
    errors.WorkspaceFull: _(
        "errors", "磁盘已满，“{path}”放不下录音，请腾出空间或换一个磁盘后再开始录音。"
    ),
    errors.WorkspaceSynchronised: _(
        "errors", "“{path}”在云同步或网络文件夹里，不能用来录音，请改用本机磁盘上的文件夹。"
    ),
    errors.SettingsNotUnderstood: _(
        "errors", "看不懂设置“{path}”{where}，请检查写法；改好之前，看不懂的设置按默认的办。"
    ),
    errors.CalendarNotUnderstood: _(
        "errors",
        "看不懂工作日历“{path}”{where}，请检查日期和写法；"
        "改好之前，窗口里只按公布的放假安排算，命令不计算期限。",
    ),
    errors.ArticlesNotUnderstood: _(
        "errors", "看不懂法条索引“{path}”{where}，请检查这一条的写法；改好之前不建议法条。"
    ),
    errors.LapsesNotUnderstood: _(
        "errors",
        "看不懂时效提醒的清单“{path}”{where}，请检查这一条的写法；"
        "改好之前，窗口里按随程序的清单提醒。",
    ),
    errors.WindowAlreadyOpen: _("errors", "“{path}”已经在另一个窗口里打开，请切换到那个窗口。"),
    errors.RecorderAlreadyRunning: _(
        "errors", "“{path}”已经在录音，不能再开一路录音；请先停止录音，或接着用正在录的这一次。"
    ),
    errors.RecorderFailed: _("errors", "录音没有开始：{reason}"),
    errors.RecorderLost: _(
        "errors", "录音程序中途停了，停下之前的声音都在“{path}”，请重新开始录音。"
    ),
    errors.LineNotUnderstood: _(
        "errors", "看不懂线路“{text}”，请写成“名称=设备”，例如“来电=file:call.wav”。"
    ),
    errors.RoleNotUnderstood: _(
        "errors", "看不懂角色“{text}”，请写成“名称=角色”；角色有四种：{roles}。"
    ),
    errors.RoleWithoutLine: _("errors", "没有线路“{name}”，--role 里的名称要和 --line 里的一样。"),
    errors.PeriodReversed: _(
        "errors", "开始日期 {since} 在结束日期 {until} 之后，请把两个日期对调。"
    ),
    errors.PeriodToCome: _("errors", "还没到 {days}，没有可报的数字。"),
    errors.WordNotUnderstood: _("errors", "“{text}”不能写在这里，可以写：{allowed}。"),
    errors.InternalWithoutReason: _("errors", "内部版没有脱敏，请用 --why 写明给谁用、为什么。"),
    errors.WordMissing: _("errors", "这一步还要用 {option} 写明方式，可以写：{allowed}。"),
    errors.ChannelNotFound: _(
        "errors", "“{device}”：这个文件只有 {channels} 个声道，请改小 channel。"
    ),
    errors.DeviceNotFound: _(
        "errors", "找不到输入设备“{device}”，请接好设备，或用 devices 命令查看可用的设备。"
    ),
    errors.DeviceRefused: _(
        "errors", "输入设备“{device}”打不开，可能被别的程序独占，请关掉那个程序或重新插拔设备。"
    ),
    errors.NoInputDevice: _("errors", "本机没有可用的声音输入，请接好话筒或声卡后再试。"),
    errors.LinesNotChosen: _(
        "errors", "还没有选择要录的线路，请在设置（Ctrl+5）里为来电和演播室选好设备。"
    ),
    errors.SoundLibraryMissing: _(
        "errors", "缺少声音库 PortAudio，请安装系统软件包 libportaudio2 和 libasound2-plugins。"
    ),
    errors.SoundServerMissing: _(
        "errors", "启动不了演示用的声音服务，请安装 pulseaudio，或去掉 --sound-server 再试。"
    ),
    errors.TakeLost: _(
        "errors", "录音文件夹“{path}”在录音时不见了，这次录音已经停止，请马上重新开始录音。"
    ),
    errors.TakeExists: _("errors", "“{path}”里已经有一次录音，请换一个空文件夹。"),
    errors.TakeNotFound: _("errors", "“{path}”里没有录音，请检查文件夹是否写对。"),
    errors.TakeUnsound: _(
        "errors", "录音“{path}”体检发现 {faults} 处问题，声音没有改动，请按体检单核对。"
    ),
    errors.NoRoomForFlac: _(
        "errors", "磁盘剩余空间不够，“{path}”还没有压缩归档，录音都在；请腾出空间，之后会自动再做。"
    ),
    errors.FlacFailed: _(
        "errors", "“{path}”压缩后和原来的声音对不上，已保留原来的声音文件，之后会自动再做。"
    ),
    errors.SegmentDiffers: _(
        "errors", "声音文件“{path}”和压缩归档的不一致，两份都已保留，请核对后删去不要的一份。"
    ),
    errors.SegmentHeld: _(
        "errors",
        "录音已压缩归档，原来的“{path}”还被别的程序占用，请关闭那个程序，下次打开窗口会自动删除。",
    ),
    errors.SoundFileNotFound: _("errors", "找不到声音文件“{path}”，请检查文件名是否写对。"),
    errors.SoundFileNotPcm: _(
        "errors", "“{path}”里读不出声音，线路只收 16、24 或 32 位整数的 WAV，请先转换。"
    ),
    errors.UndecodableSound: _("errors", "“{path}”里读不出声音，请确认它是没有损坏的录音文件。"),
    errors.SoundDamaged: _(
        "errors", "“{path}”有损坏或被截断，只转写了能读出的部分，请换完好的文件重新转写。"
    ),
    errors.SoundFilesUnusable: _(
        "errors", "这些文件都没有转写：{names}，请检查文件名和文件是否完好。"
    ),
    errors.SoundFilesLeftOut: _(
        "errors", "这些文件没有转写：{names}，请检查文件名和文件是否完好；其余的已经转写。"
    ),
    errors.FfmpegMissing: _(
        "errors", "找不到可用的 ffmpeg，请重新安装本程序，或安装 ffmpeg 后再试。"
    ),
    errors.ModelMissing: _(
        "errors",
        "“{path}”里没有语音模型，请检查名称或文件夹是否写对；已安装的用 model list 命令查看。",
    ),
    errors.ModelBuiltIn: _(
        "errors", "“{name}”是随程序自带的演示模型，不能删除；装上别的模型后就不再使用它。"
    ),
    errors.ModelBroken: _("errors", "语音模型“{path}”打不开，请重新安装这个模型；录音不受影响。"),
    errors.ModelExists: _(
        "errors", "语音模型“{path}”已经装过，要重装请先用 model remove 命令删除它。"
    ),
    errors.ModelNotCopied: _(
        "errors", "语音模型没有装上，“{path}”写不进去，请检查磁盘空间和权限。"
    ),
    errors.CaptionerRunning: _("errors", "“{path}”的字幕已经在生成，请等它完成。"),
    errors.LedgerBusy: _(
        "errors", "台账“{path}”正被另一个程序占用，请稍等片刻再试；磁盘满了的，先腾出空间。"
    ),
    errors.LedgerNotShared: _(
        "errors",
        "磁盘满了，台账“{path}”在这个窗口里照样能查能看，统计、导出、当天副本和别的程序要等；"
        "腾出空间，几秒钟后自己恢复。",
    ),
    errors.LedgerFromNewerVersion: _(
        "errors", "台账“{path}”是更新版本的程序建立的，请先升级本程序；台账没有改动。"
    ),
    errors.NotALedger: _(
        "errors",
        "“{path}”不是台账或已经损坏，没有改动它；请关闭窗口，用 restore 命令换上旁边 backups "
        "文件夹里最新的一份 ledger-日期.db，原来的会留着。",
    ),
    errors.LedgerUnwritable: _(
        "errors",
        "台账“{path}”写不进去，请检查磁盘空间和权限；台账没有改动，要保存的内容还没有保存。",
    ),
    errors.LedgerLost: _(
        "errors",
        "台账“{path}”不见了或者是空的，旁边却有它的备份（backups 文件夹）或日志（ledger.db-wal）；"
        "请关闭窗口，把它放回原处，或用 restore 命令换上最新的一份 ledger-日期.db。"
        "真要从头开始，先把备份和日志移到别处。",
    ),
    errors.BackupFailed: _(
        "errors", "今天的台账备份没有做成，请检查“{path}”的磁盘空间和权限；台账本身不受影响。"
    ),
    errors.RestoreFailed: _(
        "errors", "台账没有换成，原来的还在；请检查“{path}”的磁盘空间和权限，再恢复一次。"
    ),
    errors.BackupNotFound: _(
        "errors",
        "不能用来恢复：没有“{path}”这个文件；台账没有改动，请检查文件名，或到 backups 里找。",
    ),
    errors.BackupUnusable: _(
        "errors",
        "“{path}”不能用来恢复：它不是台账，或者已经损坏；台账没有改动，请换一份。",
    ),
    errors.EpisodeNotFound: _("errors", "台账里没有第 {number} 期，请检查期号。"),
    errors.EpisodeExists: _("errors", "第 {number} 期已经在台账里，没有改动它；请换一个期号。"),
    errors.CallNotFound: _("errors", "台账里没有这个通话（{call_id}），请刷新后再试。"),
    errors.QuestionNotFound: _("errors", "台账里没有编号为 {number} 的问题，请检查编号。"),
    errors.CaseNotFound: _("errors", "台账里没有编号为 {number} 的案件，请检查编号。"),
    errors.RecordNotFound: _("errors", "这条{name}已经删掉了，请刷新以后再看。"),
    errors.QuestionHasCase: _("errors", "问题 {number} 已经归入另一件案件，请先从那一件里取出。"),
    errors.QuestionInCase: _(
        "errors", "问题 {number} 已经归入案件 {case}，不能撤销它的新增；立案撤销以后才可以。"
    ),
    errors.CaseChangedSince: _(
        "errors",
        "案件 {number} 后来又有改动，这一步不能撤销了，什么也没有改；记错的请在案件里“更正”或者"
        "“作废”；后来的改动撤销以后，这一步也可以撤销。",
    ),
    errors.StepNotAllowed: _("errors", "“{present}”不能直接变为“{wanted}”，没有改动。"),
    errors.ClockRefused: _("errors", "不能{deed}：{fault}。"),
    errors.CourseRefused: _("errors", "不能{deed}：{fault}。"),
    errors.ConflictOfInterest: _(
        "errors",
        "{owner}的顾问单位“{unit}”与 {number} 的用人单位{likeness}是同一家，有利益冲突；"
        "请改派他人，确要指派请写明理由。",
    ),
    errors.ConflictUnchecked: _(
        "errors",
        "{number} 走法律援助，{owner}的利益冲突没有核查：{fault}；请写明怎样核查、结果如何。",
    ),
    errors.LetterNumberTaken: _("errors", "文号“{number}”已经用过，请换一个，或留空自动编号。"),
    errors.NumberTaken: _("errors", "编号 {number} 已经有了，请换一个编号，或留空由系统编号。"),
    errors.NameTaken: _(
        "errors", "名单里已经有“{name}”，请写成分得清的名字，例如加上单位或者区县。"
    ),
    errors.NameInUse: _("errors", "“{name}”已经写在台账里，名字不能改；请把它停用，再另外建一个。"),
    errors.PointInUse: _(
        "errors", "“{name}”下面还有服务点，或者台账里有它的记录，不能移出名单；请改为停用。"
    ),
    errors.PublicationRefused: _("errors", "这条发布记录没有保存：{fault}。"),
    errors.PersonRetained: _(
        "errors", "不能删除：{record}标了“{why}”，没有改动；解除之后才能删除。"
    ),
    errors.DeletionNotNow: _(
        "errors", "正在录音，现在不能删除个人信息，没有改动；请停止录音后再删除。"
    ),
    errors.DeletionNotConfirmed: _("errors", "没有删除：要输入“{word}”才会删除，没有改动。"),
    errors.RecordNotListed: _(
        "errors", "没有删除：要去掉姓名和号码的别人的记录里没有“{number}”，没有改动。"
    ),
    errors.DeletionUnfinished: _(
        "errors",
        "台账里的个人信息已经删除，还有一部分没有清干净：{left}；下次打开窗口，或运行"
        " delete-person 命令时会接着做。",
    ),
    errors.DeletionsOwed: _(
        "errors",
        "恢复台账以后，以前删除过的个人信息还没有再删除，现在不能用这个命令；请打开窗口，或运行"
        " delete-person 命令，会接着做（正在录音时要等录音停止）。",
    ),
    errors.TakeInUse: _(
        "errors", "录音“{path}”正被别的程序使用，或它的第二文件夹不在，请关闭或接好后再试。"
    ),
    errors.StatisticsNotAsked: _("errors", "要{what}，请写上 {options}。"),
    errors.UnitNotFound: _("errors", "没有叫“{name}”的填报单位，请按服务点登记的名称写。"),
    errors.MonthClosed: _("errors", "{month} 已经月结，以后的改动会记在下一个月的上月调整里。"),
    errors.MonthNotOver: _("errors", "{month} 还没有过完，过完以后才能月结。"),
    errors.MonthOutOfOrder: _("errors", "不能先结 {month}，请先月结 {due}。"),
    errors.LaterMonthClosed: _(
        "errors", "{later} 也已经月结，{month} 的月结不能撤销；先撤销 {later} 的。"
    ),
    errors.MonthBeforeFirst: _(
        "errors", "{month} 太早，月结从 {first} 起；更早的数字可以写进期初数。"
    ),
    errors.NothingToUndo: _("errors", "没有可以撤销的操作。"),
    errors.LedgerUnsound: _(
        "errors",
        "检查“{path}”发现 {faults} 处问题，请保留现场，按每一项的说明处理。",
    ),
    errors.TableNotFound: _("errors", "打不开“{path}”，请检查文件名和权限。"),
    errors.TableOldExcel: _(
        "errors", "“{path}”是旧格式的 Excel 文件，请用 Excel 打开，另存为 .xlsx 再导入。"
    ),
    errors.TableProtected: _(
        "errors", "“{path}”设了打开密码，请在 Excel 里去掉密码、保存以后再导入。"
    ),
    errors.TableUnknown: _(
        "errors", "“{path}”不是 Excel 或 CSV 表格，请用 Excel 打开，另存为 .xlsx 再导入。"
    ),
    errors.TableDamaged: _("errors", "“{path}”有损坏，读不完整，请用 Excel 打开、另存一份再导入。"),
    errors.TableTooLarge: _(
        "errors", "“{path}”太大，不像一份台账，请删去多余的行和列，或分成几个文件导入。"
    ),
    errors.TableTextBroken: _(
        "errors", "“{path}”第 {line} 行的文字不完整或编码不明，请用 UTF-8 或 GB18030 重新保存。"
    ),
    errors.TableEmpty: _(
        "errors", "“{path}”里没有找到表头和数据行，请检查表头是否写着接收日期、诉求要点等。"
    ),
    errors.TextEmpty: _(
        "errors", "剪贴板里没有工单，也没有表格；请复制一行一栏的工单文字，或带表头的单元格。"
    ),
    errors.MatchingNotUnderstood: _(
        "errors", "看不懂列对照“{path}”{where}，请检查写法；改好之前，导入时不用它。"
    ),
    errors.LedgerChanged: _(
        "errors", "检查以后台账又有了改动，和文件里的行对不上，什么也没有导入；请重新检查一次。"
    ),
    errors.ImportBlocked: _(
        "errors",
        "“{path}”有 {faults} 处问题，什么也没有导入；请改好文件，或用 --skip 跳过有问题的行。",
    ),
    errors.ChineseFontMissing: _(
        "errors",
        "找不到可嵌入 PDF 的中文字体，请运行一次 python3 dev.py run 生成字体，"
        "或安装 fonts-wqy-microhei（文泉驿微米黑）后再生成 PDF。",
    ),
    errors.PdfUnwritable: _("errors", "PDF 写不到“{path}”，请关闭正在打开它的程序，或换一个位置。"),
    errors.ExportUnwritable: _("errors", "写不到“{path}”，请关闭正在打开它的程序，或换一个位置。"),
    errors.ExportFailed: _("errors", "没有导出：{reason}。"),
    errors.NoRoomForFile: _("errors", "磁盘已满，“{path}”写不下，请腾出空间再试。"),
    errors.PrinterUnusable: _(
        "errors", "打印机“{name}”没有接收。请检查打印机，或者点“打开”用别的程序打印。"
    ),
    errors.NoPdfViewer: _("errors", "没有能打开 PDF 的程序，文件已保存在“{path}”。"),
    errors.OutputUnwritable: _("errors", "结果写不出去，写到的地方可能满了；请腾出空间再试。"),
    errors.NoDisplay: _(
        "errors", "这里没有显示器，打不开窗口；请在桌面环境里运行，或改用命令（加 --help 查看）。"
    ),
    errors.SystemLibraryMissing: _(
        "errors",
        "系统里没有 {library}，打不开窗口；请先运行 sudo apt-get install libgl1 libegl1"
        " libxkbcommon0 libfontconfig1 libglib2.0-0 libdbus-1-3，再打开。",
    ),
    errors.PreListenNotChosen: _(
        "errors", "还没有选择预听设备，先看文字；要听声音，请在设置里选一个预听设备。"
    ),
    errors.PreListenIsLine: _(
        "errors", "预听设备“{device}”正是一路录音的来源，为免播进节目，没有播放；请另选预听设备。"
    ),
    errors.PreListenLost: _("errors", "预听设备“{device}”不见了，请接好后再试。"),
    errors.RecordingRefused: _("errors", "来电人不同意录音，这一段不能播放。"),
    errors.SoundPurged: _(
        "errors", "这一段的声音已经清除（坐席线路到期，或随个人信息删除），放不出来了。"
    ),
}


def sentence(error: errors.HotlineDeskError, template: str | None = None) -> str:
    """Return the sentence for *error*; *template* is its translation, where there is one."""
    return (template or SENTENCES[type(error)]).format(**vars(error))
