<?xml version="1.0" encoding="UTF-8"?>
<!-- This is where an instrument is read for faults that its schema cannot
     see; nothing is printed where there is none. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:i="urn:ihala:instrument:1">
  <xsl:import href="conditions.xsl"/>
  <xsl:variable name="items" select="/i:instrument/i:section/i:item"/>
  <!-- what mechanisms, tables and release profiles name: the same question with
       the same codes in each instrument that has it -->
  <xsl:variable name="shared" select="' alone safe-now urgent-medical interpreter-neutral consent-interview name name-latin birth-date phone contact-note age age-doubt sex citizenship exploitation-form exploitation-country needs safe-contact consent-referral consent-abroad fears-state fears-which '"/>
  <xsl:variable name="first" select="document('../../xml/instrument/adult.xml')/i:instrument"/>
  <xsl:variable name="opening" select="'alone safe-now urgent-medical interpreter-neutral consent-interview '"/>
  <xsl:variable name="closing" select="'needs safe-contact consent-referral consent-abroad fears-state fears-which '"/>
  <xsl:variable name="lower" select="'abcdefghijklmnopqrstuvwxyz'"/>
  <xsl:variable name="upper" select="'ABCDEFGHIJKLMNOPQRSTUVWXYZ'"/>

  <xsl:template match="/">
    <xsl:apply-templates select="//i:text" mode="words"/>
    <xsl:apply-templates select="//i:title/i:text | //i:question/i:text | //i:note/i:text" mode="neutral"/>
    <xsl:apply-templates select="//i:text" mode="respect"/>
    <xsl:apply-templates select="//i:ask-if//*" mode="lint"/>
    <xsl:apply-templates select="//i:ask-if//*[@item]" mode="order"/>
    <xsl:for-each select="//i:choices">
      <xsl:if test="preceding-sibling::i:choices[@id = current()/@id]"><xsl:call-template name="fault"><xsl:with-param name="text" select="'stands twice'"/></xsl:call-template></xsl:if>
      <xsl:if test="not($items[@choices = current()/@id])"><xsl:call-template name="fault"><xsl:with-param name="text" select="'no item uses it'"/></xsl:call-template></xsl:if>
      <xsl:for-each select="i:choice[@code = preceding-sibling::i:choice/@code]"><xsl:call-template name="fault"><xsl:with-param name="text" select="concat('code ', @code, ' stands twice')"/></xsl:call-template></xsl:for-each>
      <xsl:if test="count(i:choice) &gt; 64"><xsl:call-template name="fault"><xsl:with-param name="text" select="'more than 64 codes'"/></xsl:call-template></xsl:if>
    </xsl:for-each>
    <xsl:for-each select="//i:section[@id = preceding-sibling::i:section/@id]"><xsl:call-template name="fault"><xsl:with-param name="text" select="'stands twice'"/></xsl:call-template></xsl:for-each>
    <xsl:for-each select="$items">
      <xsl:if test="preceding::i:item[@id = current()/@id]"><xsl:call-template name="fault"><xsl:with-param name="text" select="'stands twice'"/></xsl:call-template></xsl:if>
      <xsl:if test="@choices and not(//i:choices[@id = current()/@choices])"><xsl:call-template name="fault"><xsl:with-param name="text" select="concat('no list ', @choices)"/></xsl:call-template></xsl:if>
      <xsl:if test="@least &gt;= @most"><xsl:call-template name="fault"><xsl:with-param name="text" select="'least is not below most'"/></xsl:call-template></xsl:if>
      <!-- facts come first: names are asked when all else is said -->
      <xsl:if test="@part = 'facts' and preceding::i:item[@part = 'identity']"><xsl:call-template name="fault"><xsl:with-param name="text" select="'asked after the identity of the person'"/></xsl:call-template></xsl:if>
      <xsl:if test="contains($shared, concat(' ', @id, ' '))"><xsl:call-template name="alike"/></xsl:if>
    </xsl:for-each>
    <!-- every interview opens and closes alike -->
    <xsl:call-template name="each"><xsl:with-param name="ids" select="$opening"/></xsl:call-template>
    <xsl:call-template name="each"><xsl:with-param name="ids" select="$closing"/></xsl:call-template>
    <xsl:for-each select="$items[@id = 'age']">
      <xsl:if test="following::i:item[contains(concat(' ', $opening), concat(' ', @id, ' '))]"><xsl:call-template name="fault"><xsl:with-param name="text" select="'asked before safety, interpreter and consent'"/></xsl:call-template></xsl:if>
    </xsl:for-each>
    <!-- whether others hear it comes before a word is said -->
    <xsl:if test="$items[1]/@id != 'alone'">the first item is not alone&#10;</xsl:if>
    <xsl:for-each select="$items[@id = 'needs']/following::i:item[@part = 'facts' and not(contains(concat(' ', $closing), concat(' ', @id, ' ')))]">
      <xsl:call-template name="fault"><xsl:with-param name="text" select="'asked after the needs of the person'"/></xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- the same type and the same codes, in the same order, as in adult.xml -->
  <xsl:template name="alike">
    <xsl:variable name="other" select="$first/i:section/i:item[@id = current()/@id]"/>
    <xsl:variable name="mine"><xsl:for-each select="//i:choices[@id = current()/@choices]/i:choice"><xsl:value-of select="concat(@code, ' ')"/></xsl:for-each></xsl:variable>
    <xsl:variable name="its"><xsl:for-each select="$first/i:choices[@id = $other/@choices]/i:choice"><xsl:value-of select="concat(@code, ' ')"/></xsl:for-each></xsl:variable>
    <xsl:if test="not($other) or @type != $other/@type or @part != $other/@part or string(@least) != string($other/@least) or string(@most) != string($other/@most) or string($mine) != string($its)"><xsl:call-template name="fault"><xsl:with-param name="text" select="'differs from the item of adult.xml'"/></xsl:call-template></xsl:if>
  </xsl:template>
  <xsl:template name="each">
    <xsl:param name="ids"/>
    <xsl:variable name="id" select="substring-before($ids, ' ')"/>
    <xsl:if test="not($items[@id = $id])"><xsl:value-of select="concat('no item ', $id, '&#10;')"/></xsl:if>
    <xsl:if test="substring-after($ids, ' ') != ''"><xsl:call-template name="each"><xsl:with-param name="ids" select="substring-after($ids, ' ')"/></xsl:call-template></xsl:if>
  </xsl:template>

  <!-- conditions look back only, so that none can wait for itself; that of a
       section looks back from its first item -->
  <xsl:template match="*" mode="order">
    <xsl:variable name="holder" select="(ancestor::i:item | ancestor::i:section)[last()]"/>
    <xsl:if test="not($holder/preceding::i:item[@id = current()/@item])"><xsl:call-template name="fault"><xsl:with-param name="text" select="concat('item ', @item, ' does not come earlier')"/></xsl:call-template></xsl:if>
  </xsl:template>

  <!-- a screen may be read over a shoulder -->
  <xsl:template match="i:text" mode="neutral">
    <xsl:variable name="text" select="concat(' ', translate(., concat($upper, '&#160;’.,;:?!«»()/'), concat($lower, '             ')), ' ')"/>
    <xsl:if test="contains($text, 'traffick') or contains($text, 'victim') or contains($text, ' traite ') or contains($text, 'ضحية') or contains($text, 'ضحايا') or contains($text, 'اتجار')">
      <xsl:call-template name="fault"><xsl:with-param name="text" select="concat('the ', @xml:lang, ' text tells the purpose')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- words that belittle or accuse, and a "you" that is familiar or speaks
       to a man only -->
  <xsl:template match="i:text" mode="respect">
    <xsl:variable name="text" select="concat(' ', translate(., concat($upper, '&#160;’.,;:?!«»()/؟،؛-'), concat($lower, '                 ')), ' ')"/>
    <xsl:if test="contains($text, ' tu ') or contains($text, ' toi ') or contains($text, ' أنت ') or contains($text, ' تشعر ') or contains($text, ' تريد ') or contains($text, ' تود ') or contains($text, ' تستطيع ') or contains($text, ' تعرف ') or contains($text, ' تحتاج ') or contains($text, ' توافق ') or contains($text, ' تفضل ') or contains($text, ' vous seul ') or contains($text, ' vous né ') or contains($text, ' été forcé ') or contains($text, ' été obligé ') or contains($text, 'clandestin') or contains($text, 'illégal') or contains($text, 'illegal') or contains($text, 'prostitu') or contains($text, 'interrogat') or contains($text, 'confess') or contains($text, 'استجواب') or contains($text, 'اعتراف') or contains($text, 'متسول') or contains($text, 'خادمة') or contains($text, 'غير شرعي') or contains($text, 'أحداث') or contains($text, 'ملجأ')">
      <xsl:call-template name="fault"><xsl:with-param name="text" select="concat('the ', @xml:lang, ' text has a word to avoid')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
